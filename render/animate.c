/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Each person at each moment is five letters: two for x, two for y, one for what they are doing, in
 * base 64 and in pixels of the plan. Between moments the script goes straight on. */
#include "render/animate.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "render/draw_svg.h"
#include "render/i18n.h"

/* Of persons times moments: some 300 kB of text. */
static const double MOST = 60000;
enum { FRAMES_MOST = 240, FRAMES_LEAST = 30, NOWHERE = 4095 };

static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

static void put_number(FILE *out, uint32_t number) {
    (void)fputc(digits[number >> 6 & 63U], out);
    (void)fputc(digits[number & 63U], out);
}

static uint32_t pixel(float at) {
    return at < 0 || at >= NOWHERE ? NOWHERE : (uint32_t)lroundf(at);
}

/* Where somebody was at one moment. */
typedef struct spot {
    uint32_t person; /* of the plan */
    uint32_t x, y, doing;
} spot;

/* The whole run, looked at once. */
typedef struct footage {
    spot *spots;
    uint32_t count, capacity;
    uint32_t first[FRAMES_MOST + 1]; /* spot of each frame */
    uint32_t frames;
    uint32_t people; /* 1 + the highest index met */
} footage;

static bool add(footage *f, spot one) {
    if (f->count == f->capacity) {
        const uint32_t capacity = f->capacity == 0 ? 4096 : 2 * f->capacity;
        spot *spots = realloc(f->spots, capacity * sizeof *spots);
        if (spots == NULL) {
            return false;
        }
        f->spots = spots;
        f->capacity = capacity;
    }
    f->people = one.person >= f->people ? one.person + 1 : f->people;
    f->spots[f->count++] = one;
    return true;
}

static bool go(mu_stage *s, double at_s) {
    mu_screen_go(&s->view, mu_time_from_s(at_s));
    s->view.frame = mu_session_frame(s->view.def.session, s->view.pen.language);
    return s->view.frame != NULL && mu_session_status(s->view.def.session) == MU_OK;
}

static bool film_frame(mu_stage *s, footage *f) {
    const mu_screen *view = &s->view;
    for (uint32_t p = 0; p < view->frame->people_count; p++) {
        const mu_frame_person *one = &view->frame->people[p];
        const mu_sheet *sheet = mu_camera_shows(&view->camera, one->level, one->at);
        spot at = {.person = one->person,
                   .x = NOWHERE,
                   .y = NOWHERE,
                   .doing = one->kind == MU_FRAME_UNIT ? (uint32_t)MU_DOING_COUNT : one->doing};
        if (sheet != NULL) {
            const mu_vec on = mu_camera_map(&view->camera, sheet, one->at);
            at.x = pixel(on.x);
            at.y = pixel(on.y);
        }
        if (!add(f, at)) {
            return false;
        }
    }
    return true;
}

static bool film(mu_stage *s, double from_s, double step_s, footage *f) {
    bool fine = true;
    for (uint32_t k = 0; fine && k < f->frames; k++) {
        f->first[k] = f->count;
        fine = go(s, from_s + step_s * k) && film_frame(s, f);
    }
    f->first[f->frames] = f->count;
    return fine;
}

static void put_frames(const footage *f, spot *row, FILE *out) {
    for (uint32_t k = 0; k < f->frames; k++) {
        for (uint32_t p = 0; p < f->people; p++) {
            row[p] = (spot){.x = NOWHERE, .y = NOWHERE};
        }
        for (uint32_t i = f->first[k]; i < f->first[k + 1]; i++) {
            row[f->spots[i].person] = f->spots[i];
        }
        for (uint32_t p = 0; p < f->people; p++) {
            put_number(out, row[p].x);
            put_number(out, row[p].y);
            (void)fputc(digits[row[p].doing & 63U], out);
        }
    }
}

static void put_colours(const mu_theme *t, FILE *out) {
    for (int d = 0; d <= MU_DOING_COUNT; d++) {
        const mu_colour c = d == MU_DOING_COUNT ? t->unit : t->doing[d];
        (void)fprintf(out, "%s\"#%02x%02x%02x\"", d == 0 ? "" : ",", c.r, c.g, c.b);
    }
}

/* The plan alone, without anybody on it. */
static void put_plan(mu_stage *s, const char *id, FILE *out) {
    mu_draw_clear(&s->view.over);
    const mu_draw_list *const lists[] = {&s->view.under};
    (void)mu_draw_svg(lists, 1, s->view.width, s->view.height,
                      mu_text_in(s->view.scene->incident, s->view.pen.language), id, out);
}

static void put_script(const mu_stage *s, const char *id, double from_s, double step_s,
                       uint32_t frames, uint32_t people, FILE *out) {
    (void)fprintf(
        out,
        "<script>(function(){\"use strict\";var f=document.getElementById(\"%s\"),"
        "c=f.querySelector(\"canvas\"),g=c.getContext(\"2d\"),"
        "b=f.querySelector(\"button\"),r=f.querySelector(\"input\"),"
        "o=f.querySelector(\"output\"),d=f.querySelector(\"template\").content.textContent"
        ".trim(),n=%u,m=%u,t0=%.3f,dt=%.3f,col=[",
        id, people, frames, from_s, step_s);
    put_colours(s->view.pen.theme, out);
    (void)fprintf(
        out,
        "],say=[\"%s\",\"%s\"],v={},at=0,on=false,last=0;"
        "\"%s\".split(\"\").forEach(function(x,i){v[x]=i});"
        "function num(k){return v[d[k]]*64+v[d[k+1]]}"
        "function draw(){var "
        "i=Math.min(Math.floor(at),m-1),j=Math.min(i+1,m-1),w=at-i,p,a,z,x,y,x2,y2;"
        "g.clearRect(0,0,c.width,c.height);for(p=0;p<n;p++){a=(i*n+p)*5;z=(j*n+p)*5;x=num(a);y=num("
        "a+2);"
        "if(x===%d)continue;x2=num(z);y2=num(z+2);if(x2!==%d&&Math.abs(x2-x)+Math.abs(y2-y)<120){"
        "x+=(x2-x)*w;y+=(y2-y)*w}g.beginPath();g.arc(x,y,3.6,0,6.2832);g.fillStyle=col[v[d[a+4]]];"
        "g.fill();"
        "g.lineWidth=0.8;g.strokeStyle=\"#fff\";g.stroke()}"
        "var s=Math.round(t0+at*dt);o.textContent=Math.floor(s/60)+\":\"+(\"0\"+s%%60).slice(-2);"
        "r.value=at;f.setAttribute(\"data-at\",at.toFixed(2))}"
        "function step(now){if(!on)return;at+=Math.max(0,Math.min(now-last,200))/1000*30/dt;last=now;"
        "if(at>=m-1){at=m-1;on=false;b.textContent=say[0]}draw();if(on)requestAnimationFrame(step)}"
        "function play(){if(!on&&at>=m-1)at=0;on=!on;b.textContent=say[on?1:0];"
        "if(on){last=performance.now();requestAnimationFrame(step)}}"
        "b.addEventListener(\"click\",play);"
        "r.addEventListener(\"input\",function(){at=+r.value;draw()});draw();"
        "if(location.hash===\"#play\")play()})();</script>\n",
        _("Play"), _("Pause"), digits, NOWHERE, NOWHERE);
}

static void write_figure(mu_stage *s, const footage *f, spot *row, double from_s, double step_s,
                         const char *id, FILE *out) {
    (void)fprintf(out, "<div class=\"animation\" id=\"%s\"><div class=\"stage\">\n", id);
    put_plan(s, id, out);
    (void)fprintf(out,
                  "<canvas width=\"%.0f\" height=\"%.0f\"></canvas></div>\n"
                  "<p class=\"controls\"><button type=\"button\">%s</button> "
                  "<input type=\"range\" min=\"0\" max=\"%u\" step=\"0.01\" value=\"0\" "
                  "aria-label=\"%s\"> <output></output></p>\n<template>",
                  s->view.width, s->view.height, _("Play"), f->frames - 1, _("time"));
    put_frames(f, row, out);
    (void)fputs("</template>\n", out);
    put_script(s, id, from_s, step_s, f->frames, f->people, out);
    (void)fputs("</div>\n", out);
}

static bool write_all(mu_stage *s, double from_s, double to_s, const char *id, FILE *out) {
    footage f = {0};
    if (!go(s, from_s)) {
        return false;
    }
    const double many = s->view.frame->people_count + 1.0;
    const double frames = fmin(fmax(MOST / many, FRAMES_LEAST), FRAMES_MOST);
    const double step_s = fmax((to_s - from_s) / (frames - 1), 0.5);
    f.frames = (uint32_t)fmin((to_s - from_s) / step_s + 1, FRAMES_MOST);
    bool fine = film(s, from_s, step_s, &f);
    spot *row = calloc(f.people + 1U, sizeof *row);
    fine = fine && row != NULL;
    if (fine) {
        mu_screen_draw(&s->view);
        fine = !s->view.under.no_memory && !s->view.over.no_memory;
    }
    if (fine) {
        write_figure(s, &f, row, from_s, step_s, id, out);
    }
    free(row);
    free(f.spots);
    return fine;
}

char *mu_stage_animation(mu_stage *stage, double from_s, double to_s, const char *id) {
    char *text = NULL;
    size_t length = 0;
    FILE *out = open_memstream(&text, &length);
    bool fine = out != NULL && write_all(stage, from_s, to_s, id, out);
    fine = out != NULL && fclose(out) == 0 && fine;
    if (!fine) {
        free(text);
        text = NULL;
    }
    return text;
}
