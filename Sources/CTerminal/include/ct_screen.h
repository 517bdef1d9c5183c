// The C side of the full screen: the parts of ncurses that are macros and global state. Any thread may use a
// screen, but only one at a time.
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#pragma clang assume_nonnull begin

typedef struct ct_screen ct_screen;

typedef enum __attribute__((enum_extensibility(closed))) ct_screen_trouble {
  ct_screen_trouble_none,
  /// The terminal's type is not known on this machine.
  ct_screen_trouble_unknown,
  /// The terminal is known, and cannot move its cursor.
  ct_screen_trouble_simple,
  ct_screen_trouble_failed,
} ct_screen_trouble;

enum {
  /// The most scalars of a cell: a base character and the marks on it.
  ct_cell_scalars = 5,
};

typedef enum __attribute__((flag_enum)) ct_attributes {
  ct_attribute_bold = 1,
  ct_attribute_dim = 2,
  ct_attribute_underline = 4,
  ct_attribute_reverse = 8,
  ct_attribute_italic = 16,
} ct_attributes;

/// A cell of a row. A wide character is one cell and fills two columns.
typedef struct ct_cell {
  /// The scalars; zeros stand after the last one.
  uint32_t scalars[5];
  uint16_t column;
  uint16_t attributes;
  /// The number of a pair of colours; 0 for the terminal's own.
  uint16_t colours;
} ct_cell;

/// Enters the full screen, or says why not. The descriptors must stay open until it is closed.
///
/// However the process ends from now on, by a signal, a trap or `exit`, the terminal is put back first.
ct_screen *_Nullable ct_screen_open(int input, int output, const char *type, bool colour, bool mouse,
                                    ct_screen_trouble *trouble);
/// Puts everything back as it was.
void ct_screen_close(ct_screen *screen);

/// Puts everything back for a while; ``ct_screen_enter`` takes the terminal again and draws all of it.
void ct_screen_leave(ct_screen *screen);
void ct_screen_enter(ct_screen *screen);

/// True for a terminal of xterm's kind, which understands or ignores its questions.
bool ct_screen_is_xterm(ct_screen *screen);
/// The number of colours; 0 for none.
int ct_screen_colours(ct_screen *screen);
/// The number of colour pairs that can be defined, pair 0 included.
int ct_screen_pairs(ct_screen *screen);
/// Gives a pair of colours a number from 1; -1 for the terminal's own.
void ct_screen_define(ct_screen *screen, int number, int foreground, int background);

void ct_screen_resize(ct_screen *screen, int rows, int columns);
/// Prepares a row; columns without cells are blank.
void ct_screen_put(ct_screen *screen, int row, const ct_cell *_Nullable cells, size_t count);
/// Shows the prepared rows on the terminal; a negative row hides the cursor.
void ct_screen_show(ct_screen *screen, int row, int column);
/// Makes the next drawing complete, whatever the terminal shows now.
void ct_screen_forget(ct_screen *screen);
/// Sends bytes to the terminal between two drawings.
void ct_screen_send(ct_screen *screen, const char *bytes, size_t count);

#pragma clang assume_nonnull end
