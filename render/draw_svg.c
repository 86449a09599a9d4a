/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Each command is one element; a clip opens a group that the next one closes. */
#include "render/draw_svg.h"

typedef struct writing {
    FILE *out;
    const mu_draw_list *list;
    const char *id;
    uint32_t clips; /* written so far: their ids */
    bool in_group;
} writing;

/* Bytes of a character that turns a line around or hides in it, in UTF-8; 0: it is none. */
static size_t hidden(const char *text) {
    const unsigned char *at = (const unsigned char *)text;
    if (at[0] == 0xe2 && at[1] == 0x80) {
        return (at[2] >= 0x8b && at[2] <= 0x8f) || (at[2] >= 0xa8 && at[2] <= 0xae) ? 3 : 0;
    }
    if (at[0] == 0xe2 && at[1] == 0x81) {
        return at[2] >= 0xa0 && at[2] <= 0xa9 ? 3 : 0;
    }
    const bool mark = (at[0] == 0xe1 && at[1] == 0xa0 && at[2] == 0x8e) ||
                      (at[0] == 0xef && at[1] == 0xbb && at[2] == 0xbf);
    return mark ? 3 : at[0] == 0xd8 && at[1] == 0x9c ? 2 : 0;
}

static void put_escaped(FILE *out, const char *text, size_t bytes) {
    for (size_t i = 0; i < bytes && text[i] != 0; i++) {
        const size_t skipped = i + 2 < bytes ? hidden(text + i) : 0;
        if (skipped > 0) {
            i += skipped - 1;
            continue;
        }
        switch (text[i]) {
        case '&':
            (void)fputs("&amp;", out);
            break;
        case '<':
            (void)fputs("&lt;", out);
            break;
        case '>':
            (void)fputs("&gt;", out);
            break;
        case '"':
            (void)fputs("&quot;", out);
            break;
        default: /* XML has no place for control characters */
            (void)fputc((unsigned char)text[i] < 0x20 ? ' ' : text[i], out);
        }
    }
}

static void put_paint(FILE *out, const char *what, mu_colour c) {
    (void)fprintf(out, " %s=\"#%02x%02x%02x\"", what, c.r, c.g, c.b);
    if (c.a < 255) {
        (void)fprintf(out, " %s-opacity=\"%.3f\"", what, c.a / 255.0);
    }
}

static void put_points(const writing *w, mu_span span, bool closed) {
    for (uint32_t i = 0; i < span.count; i++) {
        const mu_vec p = w->list->points[span.first + i];
        (void)fprintf(w->out, "%s%.2f %.2f", i == 0 ? "M" : "L", (double)p.x, (double)p.y);
    }
    if (closed) {
        (void)fputc('Z', w->out);
    }
}

static void put_stroke(const writing *w, const mu_draw *d) {
    put_paint(w->out, "stroke", d->colour);
    (void)fprintf(w->out, " fill=\"none\" stroke-width=\"%.2f\"", (double)d->width);
    if (d->dash > 0 && d->gap > 0) {
        (void)fprintf(w->out, " stroke-dasharray=\"%.2f %.2f\"", (double)d->dash, (double)d->gap);
    }
}

static void put_text(const writing *w, const mu_draw *d) {
    static const char *const anchors[] = {"start", "middle", "end"};
    (void)fprintf(w->out, "<text x=\"%.2f\" y=\"%.2f\" font-size=\"%.2f\" text-anchor=\"%s\"",
                  (double)d->x, (double)d->y, (double)d->size, anchors[d->align]);
    put_paint(w->out, "fill", d->colour);
    if (d->width > 0) {
        put_paint(w->out, "stroke", d->colour);
        (void)fprintf(w->out, " stroke-width=\"%.2f\" stroke-linejoin=\"round\"",
                      2 * (double)d->width);
    }
    (void)fprintf(w->out, "%s>", d->bold ? " font-weight=\"700\"" : "");
    put_escaped(w->out, w->list->text + d->part.first, d->part.count);
    (void)fputs("</text>\n", w->out);
}

static void put_clip(writing *w, const mu_draw *d) {
    (void)fprintf(w->out,
                  "%s<clipPath id=\"%s-%u\"><rect x=\"%.2f\" y=\"%.2f\" width=\"%.2f\" "
                  "height=\"%.2f\"/></clipPath>\n<g clip-path=\"url(#%s-%u)\">\n",
                  w->in_group ? "</g>\n" : "", w->id, w->clips, (double)d->x, (double)d->y,
                  (double)d->width, (double)d->height, w->id, w->clips);
    w->clips++;
    w->in_group = true;
}

static void put(writing *w, const mu_draw *d) {
    switch ((mu_draw_kind)d->kind) {
    case MU_DRAW_CLIP:
        put_clip(w, d);
        break;
    case MU_DRAW_FILL:
        (void)fputs("<path fill-rule=\"evenodd\" d=\"", w->out);
        for (uint32_t i = 0; i < d->part.count; i++) {
            put_points(w, w->list->rings[d->part.first + i], true);
        }
        (void)fputc('"', w->out);
        put_paint(w->out, "fill", d->colour);
        (void)fputs("/>\n", w->out);
        break;
    case MU_DRAW_LINE:
        (void)fputs("<path d=\"", w->out);
        put_points(w, d->part, d->closed != 0);
        (void)fputc('"', w->out);
        put_stroke(w, d);
        (void)fputs("/>\n", w->out);
        break;
    case MU_DRAW_DISC:
    case MU_DRAW_RING:
        (void)fprintf(w->out, "<circle cx=\"%.2f\" cy=\"%.2f\" r=\"%.2f\"", (double)d->x,
                      (double)d->y, (double)d->radius);
        if (d->kind == MU_DRAW_DISC) {
            put_paint(w->out, "fill", d->colour);
        } else {
            put_stroke(w, d);
        }
        (void)fputs("/>\n", w->out);
        break;
    case MU_DRAW_TEXT:
        put_text(w, d);
        break;
    }
}

bool mu_draw_svg(const mu_draw_list *const *lists, uint32_t count, double width, double height,
                 const char *title, const char *id, FILE *out) {
    writing w = {.out = out, .id = id};
    (void)fprintf(out,
                  "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %.0f %.0f\" "
                  "font-family=\"'Noto Sans CJK SC','Noto Sans SC','PingFang SC',"
                  "'Microsoft YaHei','Noto Sans',sans-serif\">\n<title>",
                  width, height);
    put_escaped(out, title, SIZE_MAX);
    (void)fputs("</title>\n", out);
    for (uint32_t l = 0; l < count; l++) {
        w.list = lists[l];
        for (uint32_t i = 0; i < w.list->count; i++) {
            put(&w, &w.list->items[i]);
        }
        if (w.in_group) {
            (void)fputs("</g>\n", out);
            w.in_group = false;
        }
    }
    (void)fputs("</svg>\n", out);
    return ferror(out) == 0;
}
