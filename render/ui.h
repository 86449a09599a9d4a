/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A small set of immediate-mode widgets: what is drawn is asked in the same call whether it was
 * pressed, typed into or chosen. Nobody keeps widgets; a number tells the one that has the
 * keyboard. Between two drawings input is gathered here, the next drawing uses it up. It knows no
 * window and no drill: the projector and whatever else needs buttons and fields stand on it.
 *
 * Sizes are in units of the pen. A widget that changes something asks to be drawn again. */
#ifndef MU_RENDER_UI_H
#define MU_RENDER_UI_H

#include "render/pen.h"

enum { MU_UI_KEYS = 32, MU_UI_TEXT = 512, MU_EDIT_BYTES = 8192 };

/* Text that is being edited. */
typedef struct mu_edit {
    char text[MU_EDIT_BYTES];
    uint32_t length, cursor; /* bytes */
} mu_edit;

typedef struct mu_ui {
    mu_pen pen;
    double x, y;             /* the pointer, in pixels; outside: negative */
    bool down;               /* the left button is held */
    bool pressed, released;  /* since the last drawing, */
    double press_x, press_y; /* where it was pressed */
    int keys[MU_UI_KEYS];    /* since the last drawing: MU_KEY_… and letters */
    uint32_t key_count;
    char text[MU_UI_TEXT];        /* typed since the last drawing, UTF-8 */
    char composing[MU_UI_TEXT];   /* of an input method, not typed yet */
    int fresh;                    /* the key that has just gone down; 0 = none */
    uint32_t doubtful; /* letters typed last, which an input method may have, too */
    uint32_t focus;               /* the field that has the keyboard; 0 = none */
    uint32_t first, last, before; /* fields of this drawing, for the tabulator */
    bool wants_before, wants_next;
    bool typing;  /* a field had the keyboard in this drawing */
    mu_box caret; /* where text goes, for an input method's own window */
    bool again;   /* something changed: to be drawn once more */
} mu_ui;

/* Input. `down` before the others: every key as it goes down, whatever it comes to, and 0 where the
 * window has lost the keyboard. */
void mu_ui_down(mu_ui *ui, int key);
void mu_ui_key(mu_ui *ui, int key);
void mu_ui_type(mu_ui *ui, const char *text);
void mu_ui_compose(mu_ui *ui, const char *text);
void mu_ui_move(mu_ui *ui, double x, double y);
void mu_ui_press(mu_ui *ui, double x, double y);
void mu_ui_release(mu_ui *ui, double x, double y);

/* Around a drawing: `pen` is what it is drawn with. */
void mu_ui_begin(mu_ui *ui, const mu_pen *pen);
void mu_ui_end(mu_ui *ui);

/* Was this key pressed? It is used up. */
bool mu_ui_take_key(mu_ui *ui, int key);
bool mu_ui_over(const mu_ui *ui, mu_box box);
/* Was the button pressed and let go in there? */
bool mu_ui_clicked(mu_ui *ui, mu_box box);

typedef enum mu_ui_look {
    MU_UI_PLAIN,
    MU_UI_MAIN,  /* what is done as a rule */
    MU_UI_ON,    /* a state that holds */
    MU_UI_GRAVE, /* stops things */
    MU_UI_OFF    /* cannot be pressed now */
} mu_ui_look;

/* A button with text, as wide as its box; pressed? */
bool mu_ui_button(mu_ui *ui, mu_box box, const char *text, mu_ui_look look);
/* Room that a button with this text needs. */
double mu_ui_button_width(const mu_ui *ui, const char *text);
/* A row that can be chosen. */
bool mu_ui_row(mu_ui *ui, mu_box box, bool on);
/* A field of one or more lines under its label; true where the text has changed. */
bool mu_ui_field(mu_ui *ui, uint32_t id, mu_box box, const char *label, mu_edit *edit);

void mu_edit_set(mu_edit *edit, const char *text);

#endif
