#include "CTerminal.h"

#include <fcntl.h>
#include <histedit.h>
#include <locale.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <wchar.h>

#include "terminfo.h"

_Static_assert(sizeof(wchar_t) == sizeof(uint32_t), "wide characters must be UTF-32");

struct ct_editor {
  EditLine *el;
  HistoryW *history;
  FILE *input;
  FILE *output;
  const wchar_t *prompt;
  ct_delegate delegate;
};

static ct_editor *editor_of(EditLine *el) {
  void *editor = NULL;
  el_wget(el, EL_CLIENTDATA, &editor);
  return editor;
}

static wchar_t *prompt_of(EditLine *el) { return (wchar_t *)editor_of(el)->prompt; }

static int read_key(EditLine *el, wchar_t *key) {
  ct_delegate *delegate = &editor_of(el)->delegate;
  uint32_t scalar = 0;
  int result = delegate->read_key(delegate->context, &scalar);
  *key = (wchar_t)scalar;
  return result;
}

static unsigned char perform(EditLine *el, ct_command command) {
  ct_delegate *delegate = &editor_of(el)->delegate;
  switch (delegate->perform(delegate->context, command)) {
  case ct_outcome_nothing: return CC_NORM;
  case ct_outcome_refresh: return CC_REFRESH;
  case ct_outcome_beep: return CC_ERROR;
  case ct_outcome_finish: return CC_NEWLINE;
  }
  return CC_ERROR;
}

#define COMMAND(name, command) \
  static unsigned char name(EditLine *el, int key) { return (void)key, perform(el, command); }
COMMAND(begin, ct_command_begin)
COMMAND(interrupt, ct_command_interrupt)
COMMAND(suspend, ct_command_suspend)
COMMAND(indent, ct_command_indent)
COMMAND(erase, ct_command_erase)
COMMAND(paste, ct_command_paste)
COMMAND(external, ct_command_external)
COMMAND(ignore, ct_command_ignore)
COMMAND(up, ct_command_up)
COMMAND(down, ct_command_down)
COMMAND(home, ct_command_home)
COMMAND(end, ct_command_end)
COMMAND(discard, ct_command_discard)
COMMAND(kill_line, ct_command_kill)
COMMAND(search, ct_command_search)
COMMAND(older, ct_command_older)
COMMAND(newer, ct_command_newer)
COMMAND(tell_insert, ct_command_tell_insert)
COMMAND(tell_command, ct_command_tell_command)

static void add_functions(EditLine *el) {
  el_wset(el, EL_ADDFN, L"repl-begin", L"Insert the suggested text", begin);
  el_wset(el, EL_ADDFN, L"repl-interrupt", L"Give up the line", interrupt);
  el_wset(el, EL_ADDFN, L"repl-suspend", L"Suspend the program", suspend);
  el_wset(el, EL_ADDFN, L"repl-indent", L"Indent to the next level", indent);
  el_wset(el, EL_ADDFN, L"repl-erase", L"Erase a character or a level of indentation", erase);
  el_wset(el, EL_ADDFN, L"repl-paste", L"Insert what the terminal pastes", paste);
}

static void add_hidden_functions(EditLine *el) {
  el_wset(el, EL_ADDFN, L"repl-external", L"Do what the program asks for", external);
  el_wset(el, EL_ADDFN, L"repl-ignore", L"Do nothing", ignore);
  el_wset(el, EL_ADDFN, L"repl-indent", L"Indent to the next level", indent);
  el_wset(el, EL_ADDFN, L"repl-erase", L"Erase a character or a level of indentation", erase);
  el_wset(el, EL_ADDFN, L"repl-up", L"Move up a line, or back in the history", up);
  el_wset(el, EL_ADDFN, L"repl-down", L"Move down a line, or on in the history", down);
  el_wset(el, EL_ADDFN, L"repl-line-start", L"Move to the start of the line in the block", home);
  el_wset(el, EL_ADDFN, L"repl-line-end", L"Move to the end of the line in the block", end);
  el_wset(el, EL_ADDFN, L"repl-kill-to-line-start", L"Cut from the start of the line in the block", discard);
  el_wset(el, EL_ADDFN, L"repl-kill-to-line-end", L"Cut to the end of the line in the block", kill_line);
  el_wset(el, EL_ADDFN, L"repl-search", L"Search the history while typing", search);
  el_wset(el, EL_ADDFN, L"repl-older", L"Back in the history to a block that begins like this one", older);
  el_wset(el, EL_ADDFN, L"repl-newer", L"On in the history to a block that begins like this one", newer);
  el_wset(el, EL_ADDFN, L"repl-tell-insert", L"Tell that vi inserts", tell_insert);
  el_wset(el, EL_ADDFN, L"repl-tell-command", L"Tell that vi takes commands", tell_command);
}

void ct_locale_adopt(void) {
  const char *locale = setlocale(LC_ALL, "");
  const char *characters = locale ? setlocale(LC_CTYPE, NULL) : NULL;
  if (!characters || strcmp(characters, "C") == 0 || strcmp(characters, "POSIX") == 0) {
    setlocale(LC_CTYPE, "C.UTF-8");
  }
}

static FILE *open_duplicate(int descriptor, const char *mode) {
  int duplicate = fcntl(descriptor, F_DUPFD_CLOEXEC, 3);
  if (duplicate < 0) return NULL;
  FILE *file = fdopen(duplicate, mode);
  if (!file) close(duplicate);
  return file;
}

/// Makes an editor. It owns the files, but reads from and writes to the descriptors.
static ct_editor *create(const char *program, FILE *input, FILE *output, int reads, int writes, ct_delegate delegate) {
  ct_editor *editor = calloc(1, sizeof *editor);
  if (!editor) return NULL;
  editor->delegate = delegate;
  editor->prompt = L"";
  editor->input = input;
  editor->output = output;
  editor->history = history_winit();
  if (input && output) {
    pthread_mutex_lock(&terminfo_lock);
    editor->el = el_init_fd(program, input, output, output, reads, writes, writes);
    pthread_mutex_unlock(&terminfo_lock);
  }
  if (!editor->el || !editor->history) {
    ct_editor_destroy(editor);
    return NULL;
  }
  EditLine *el = editor->el;
  el_wset(el, EL_CLIENTDATA, editor);
  el_wset(el, EL_SIGNAL, 0);
  el_wset(el, EL_EDITOR, L"emacs");
  el_wset(el, EL_PROMPT_ESC, prompt_of, L'\1');
  el_wset(el, EL_GETCFN, read_key);
  el_wset(el, EL_HIST, history_w, editor->history);
  // While a line is edited, Ctrl-C is a key, so it cannot kill a child in the process group. A pasted
  // carriage return must differ from a newline.
  el_wset(el, EL_SETTY, L"-d", L"-isig", L"-icrnl", L"-inlcr", NULL);
  return editor;
}

ct_editor *ct_editor_create(const char *program, int input, int output, ct_delegate delegate) {
  FILE *in = open_duplicate(input, "r");
  FILE *out = open_duplicate(output, "w");
  ct_editor *editor = create(program, in, out, in ? fileno(in) : -1, out ? fileno(out) : -1, delegate);
  if (editor) add_functions(editor->el);
  return editor;
}

ct_editor *ct_editor_create_hidden(const char *program, int terminal, ct_delegate delegate) {
  ct_editor *editor = create(program, fopen("/dev/null", "re"), fopen("/dev/null", "we"), terminal, terminal, delegate);
  if (!editor) return NULL;
  // Nobody sees the output of this editor. For a known terminal, ncurses would write its strings. Only the
  // thread that draws the screen may call those functions. An unknown terminal has no strings.
  pthread_mutex_lock(&terminfo_lock);
  el_wset(editor->el, EL_TERMINAL, "hidden");
  pthread_mutex_unlock(&terminfo_lock);
  add_hidden_functions(editor->el);
  return editor;
}

void ct_editor_destroy(ct_editor *editor) {
  if (editor->el) el_end(editor->el);
  if (editor->history) history_wend(editor->history);
  if (editor->input) fclose(editor->input);
  if (editor->output) fclose(editor->output);
  free(editor);
}

void ct_editor_source(ct_editor *editor, const char *path) { el_source(editor->el, path); }

bool ct_editor_is_emacs(ct_editor *editor) {
  const wchar_t *name = NULL;
  el_wget(editor->el, EL_EDITOR, &name);
  return name && wcscmp(name, L"emacs") == 0;
}

static void widen(const char *text, wchar_t *wide, size_t capacity) {
  size_t length = 0;
  for (; text[length] && length + 1 < capacity; length++) wide[length] = (unsigned char)text[length];
  wide[length] = 0;
}

void ct_editor_bind(ct_editor *editor, const char *key, const char *command) {
  wchar_t wide_key[32], wide_command[64];
  widen(key, wide_key, 32);
  widen(command, wide_command, 64);
  el_wset(editor->el, EL_BIND, wide_key, wide_command, NULL);
}

void ct_editor_bind_alternative(ct_editor *editor, const char *key, const char *command) {
  wchar_t wide_key[32], wide_command[64];
  widen(key, wide_key, 32);
  widen(command, wide_command, 64);
  el_wset(editor->el, EL_BIND, L"-a", wide_key, wide_command, NULL);
}

bool ct_editor_binding(ct_editor *editor, const char *key, bool alternative, char *command, size_t capacity) {
  wchar_t wide_key[32];
  widen(key, wide_key, 32);
  char *text = NULL;
  size_t size = 0;
  FILE *answer = open_memstream(&text, &size);
  if (!answer) return false;
  // libedit tells its bindings only by printing them.
  el_wset(editor->el, EL_SETFP, 1, answer);
  if (alternative) {
    el_wset(editor->el, EL_BIND, L"-a", wide_key, NULL);
  } else {
    el_wset(editor->el, EL_BIND, wide_key, NULL);
  }
  el_wset(editor->el, EL_SETFP, 1, editor->output);
  fclose(answer);
  const char *arrow = strstr(text, "->");
  bool is_bound = arrow && sscanf(arrow + 2, " %63[a-z0-9-]", command) == 1 && capacity >= 64;
  free(text);
  return is_bound;
}

void ct_editor_enable(ct_editor *editor) { el_wset(editor->el, EL_EDITMODE, 1); }

void ct_editor_set_prompt(ct_editor *editor, const uint32_t *prompt) {
  editor->prompt = (const wchar_t *)prompt;
}

int ct_editor_read(ct_editor *editor, const uint32_t **text) {
  int count = 0;
  *text = (const uint32_t *)el_wgets(editor->el, &count);
  return count;
}

/// Gives libedit's own line: the result of `el_wline` is no copy.
static LineInfoW *own_line(ct_editor *editor) { return (LineInfoW *)el_wline(editor->el); }

ct_line ct_editor_line(ct_editor *editor) {
  LineInfoW *line = own_line(editor);
  // Some of libedit's commands for vi leave zeros in the line, or a cursor outside of it.
  if (line->lastchar < line->buffer) line->lastchar = line->buffer;
  wchar_t *kept = (wchar_t *)line->buffer;
  const wchar_t *cursor = line->cursor;
  for (const wchar_t *next = line->buffer; next < line->lastchar; next++) {
    if (*next) {
      *kept++ = *next;
    } else if (next < line->cursor) {
      cursor--;
    }
  }
  line->cursor = cursor;
  line->lastchar = kept;
  if (line->cursor < line->buffer) line->cursor = line->buffer;
  if (line->cursor > line->lastchar) line->cursor = line->lastchar;
  return (ct_line){
      .text = (const uint32_t *)line->buffer,
      .length = (size_t)(line->lastchar - line->buffer),
      .cursor = (size_t)(line->cursor - line->buffer),
  };
}

void ct_editor_insert(ct_editor *editor, const uint32_t *text) {
  el_winsertstr(editor->el, (const wchar_t *)text);
}

void ct_editor_erase(ct_editor *editor, int count) { el_wdeletestr(editor->el, count); }

void ct_editor_move_to_end(ct_editor *editor) {
  ct_line line = ct_editor_line(editor);
  el_cursor(editor->el, (int)(line.length - line.cursor));
}

void ct_editor_move(ct_editor *editor, int count) { el_cursor(editor->el, count); }

void ct_editor_replace(ct_editor *editor, const uint32_t *text) {
  // Older versions lack `el_wreplacestr`, and deleting would replace the text that was killed last.
  LineInfoW *line = own_line(editor);
  line->cursor = line->lastchar = line->buffer;
  if (*text) el_winsertstr(editor->el, (const wchar_t *)text);
}

void ct_editor_redraw(ct_editor *editor) { el_wset(editor->el, EL_REFRESH); }

void ct_editor_prepare_terminal(ct_editor *editor, bool editing) {
  el_wset(editor->el, EL_PREP_TERM, editing ? 1 : 0);
}

void ct_editor_resize(ct_editor *editor) { el_resize(editor->el); }

void ct_editor_write(ct_editor *editor, const char *text) {
  fputs(text, editor->output);
  fflush(editor->output);
}

void ct_editor_set_history_size(ct_editor *editor, int entries) {
  HistEventW event;
  history_w(editor->history, &event, H_SETSIZE, entries);
}

void ct_editor_add_history(ct_editor *editor, const uint32_t *entry) {
  HistEventW event;
  history_w(editor->history, &event, H_ENTER, (const wchar_t *)entry);
}
