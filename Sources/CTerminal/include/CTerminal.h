// The C side of the line editor: libedit's variadic functions and macros, with text as UTF-32.
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ct_screen.h"
#include "ct_signals.h"
#include "ct_text.h"

#pragma clang assume_nonnull begin

/// A libedit editor with its history. Two threads must not use it at once.
typedef struct ct_editor ct_editor;

/// The functions that keys are bound to beside libedit's own: first those of a drawing editor, then those of
/// a hidden one.
typedef enum __attribute__((enum_extensibility(closed))) ct_command {
  ct_command_begin,
  ct_command_interrupt,
  ct_command_suspend,
  ct_command_indent,
  ct_command_erase,
  ct_command_paste,

  ct_command_external,
  ct_command_ignore,
  ct_command_up,
  ct_command_down,
  ct_command_home,
  ct_command_end,
  ct_command_discard,
  ct_command_kill,
  ct_command_search,
  ct_command_older,
  ct_command_newer,
  ct_command_tell_insert,
  ct_command_tell_command,
} ct_command;

/// The editor's next step after a command.
typedef enum __attribute__((enum_extensibility(closed))) ct_outcome {
  ct_outcome_nothing,
  ct_outcome_refresh,
  ct_outcome_beep,
  /// The line ends.
  ct_outcome_finish,
} ct_outcome;

typedef struct ct_delegate {
  void *context;
  /// Waits for a key: 1 and the key's scalar, 0 at the end of input, -1 to stop reading.
  int (*read_key)(void *context, uint32_t *scalar);
  ct_outcome (*perform)(void *context, ct_command command);
} ct_delegate;

/// A line and the cursor's offset in it; valid until the editor is used again.
typedef struct ct_line {
  const uint32_t *text;
  size_t length;
  size_t cursor;
} ct_line;

/// Takes the locale from the environment. `C.UTF-8` replaces a plain `C`, so that text is kept.
void ct_locale_adopt(void);

/// Makes an editor on a terminal; `NULL` when it cannot be had. It keeps duplicates of the descriptors.
ct_editor *_Nullable ct_editor_create(const char *program, int input, int output, ct_delegate delegate);
/// Makes an editor that draws nothing. It still needs a terminal, for itself alone.
ct_editor *_Nullable ct_editor_create_hidden(const char *program, int terminal, ct_delegate delegate);
void ct_editor_destroy(ct_editor *editor);

/// Runs an editrc file; `NULL` for the user's own.
void ct_editor_source(ct_editor *editor, const char *_Nullable path);
bool ct_editor_is_emacs(ct_editor *editor);

/// Binds a key sequence, in editrc's spelling, to a command's name.
void ct_editor_bind(ct_editor *editor, const char *key, const char *command);
/// Binds a key sequence in vi's command mode.
void ct_editor_bind_alternative(ct_editor *editor, const char *key, const char *command);

/// Finds the command of a key sequence, in vi's command mode if `alternative`; `false` if there is none.
bool ct_editor_binding(ct_editor *editor, const char *key, bool alternative, char *command, size_t capacity);
/// Edits lines even if an editrc file has turned that off.
void ct_editor_enable(ct_editor *editor);

/// Sets the prompt of the next reads. It must outlive them; U+0001 stands around parts without width.
void ct_editor_set_prompt(ct_editor *editor, const uint32_t *prompt);

/// Reads a line: its length, newline included, 0 at the end of input, -1 when `read_key` stopped it.
int ct_editor_read(ct_editor *editor, const uint32_t *_Nullable *_Nonnull text);

ct_line ct_editor_line(ct_editor *editor);
void ct_editor_insert(ct_editor *editor, const uint32_t *text);
void ct_editor_erase(ct_editor *editor, int count);
void ct_editor_move_to_end(ct_editor *editor);
/// Moves the cursor by a number of characters.
void ct_editor_move(ct_editor *editor, int count);
/// Replaces the line's text; killed text stays.
void ct_editor_replace(ct_editor *editor, const uint32_t *text);

/// Draws the prompt and the line anew, from the terminal's cursor on.
void ct_editor_redraw(ct_editor *editor);
/// Puts the terminal into editing mode or back.
void ct_editor_prepare_terminal(ct_editor *editor, bool editing);
/// Takes the terminal's new size.
void ct_editor_resize(ct_editor *editor);
void ct_editor_write(ct_editor *editor, const char *text);

void ct_editor_set_history_size(ct_editor *editor, int entries);
void ct_editor_add_history(ct_editor *editor, const uint32_t *entry);

#pragma clang assume_nonnull end
