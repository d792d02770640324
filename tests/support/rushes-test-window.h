/* rushes-test-window.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>
#include <libdex.h>

G_BEGIN_DECLS

/* What tests of windows share: waiting, looking, and a person with keys and a pointer. Nothing here may be called in a
 * fiber. */

/* Starts the toolkit without animations and takes the pointer to the corner of the screen: where the program before
 * left it, it may lie on a toast, which then stays. Call it before each window. */
void            rushes_test_window_init    (void);
/* One for the whole program, on no bus; with its style, without keys. Borrowed. */
GtkApplication *rushes_test_get_application (void);

/* ---- waiting ---- */

/* Waits for a future that must not fail. Takes @future. */
void            rushes_test_expect         (DexFuture     *future);

/* Waits until @check (a function of @self and @data that gives a gboolean) says so, and fails with its name when it
 * does not within a reasonable time. */
#define rushes_test_await(check, self, data)                                                                           \
  rushes_test_await_check ((RushesTestCheck) (check), (self), (data), #check, __FILE__, __LINE__)
typedef gboolean (*RushesTestCheck) (gpointer self, gconstpointer data);
void            rushes_test_await_check    (RushesTestCheck check,
                                            gpointer        self,
                                            gconstpointer   data,
                                            const char     *name,
                                            const char     *file,
                                            int             line);
/* Waits until @widget has its place in its window and does not move. */
void            rushes_test_await_rest     (GtkWidget     *widget);
/* Waits until a label that is shown below @widget has @words in it, and gives the label; borrowed. */
GtkWidget      *rushes_test_await_words    (GtkWidget     *widget,
                                            const char    *words);

/* ---- looking ---- */

typedef gboolean (*RushesTestMatch) (GtkWidget     *widget,
                                     gconstpointer  data);

/* The first widget below @widget, itself first, of which @match says so; NULL. */
GtkWidget      *rushes_test_search         (GtkWidget      *widget,
                                            RushesTestMatch match,
                                            gconstpointer   data);
/* The first widget of @type that is shown below @widget and, unless @words is NULL, is called that: by its label (with
 * the underscore of its key or without), its title or its tooltip; NULL. */
GtkWidget      *rushes_test_find           (GtkWidget      *widget,
                                            GType           type,
                                            const char     *words);
/* Whether a label that is shown below @widget has @words in it. */
gboolean        rushes_test_says           (GtkWidget      *widget,
                                            const char     *words);

/* Fails, and names who asks for more, when @widget, or the inside of a page with breakpoints, cannot be as narrow as
 * @width. */
void            rushes_test_assert_fits    (GtkWidget      *widget,
                                            int             width);

/* ---- a person ---- */

/* A key as xdotool names it, or several with spaces between them: "Return", "ctrl+d", "f o x". */
void            rushes_test_press          (const char     *keys);
void            rushes_test_type           (const char     *words);
/* The pointer on the middle of @widget, and a click. Its window must begin in the corner of the screen. */
void            rushes_test_click          (GtkWidget      *widget,
                                            guint           button);
/* The same while a key is held: "shift". */
void            rushes_test_click_with     (GtkWidget      *widget,
                                            const char     *key);
/* The pointer on @widget, at these parts (0 to 1) of its width and height. */
void            rushes_test_point          (GtkWidget      *widget,
                                            double          x,
                                            double          y);
/* From the middle of one widget to the middle of another. */
void            rushes_test_drag           (GtkWidget      *from,
                                            GtkWidget      *to);
/* The window that has the focus, with its shadow, by its corner. */
void            rushes_test_resize         (int             width,
                                            int             height);

G_END_DECLS
