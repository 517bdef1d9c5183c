#define _GNU_SOURCE
#define NCURSES_WIDECHAR 1
#include "ct_screen.h"

#include <curses.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <term.h>
#include <termios.h>
#include <unistd.h>
#include <wchar.h>

#include "ct_text.h"
#include "guard.h"
#include "terminfo.h"

// The lock guards ncurses' variables, which the process has only once, from all threads that use terminfo.
pthread_mutex_t terminfo_lock = PTHREAD_MUTEX_INITIALIZER;

struct ct_screen {
  SCREEN *screen;
  FILE *input;
  FILE *output;
  struct termios settings;
  bool mouse;
  bool is_inside;
  // True for a terminal of xterm's kind, which understands or ignores its private modes.
  bool is_xterm;
  int colours;
};

static const char paste_on[] = "\033[?2004h", paste_off[] = "\033[?2004l";
// The terminal shows the text between the two at once.
static const char frame_begin[] = "\033[?2026h", frame_end[] = "\033[?2026l";
static const char mouse_on[] = "\033[?1000h\033[?1006h", mouse_off[] = "\033[?1006l\033[?1000l";

static void select_screen(ct_screen *screen) {
  pthread_mutex_lock(&terminfo_lock);
  set_term(screen->screen);
}

static void done(void) { pthread_mutex_unlock(&terminfo_lock); }

static void send(ct_screen *screen, const char *bytes, size_t count) {
  int descriptor = fileno(screen->output);
  for (size_t sent = 0; sent < count;) {
    ssize_t written = write(descriptor, bytes + sent, count - sent);
    if (written < 0 && errno != EINTR) return;
    if (written > 0) sent += (size_t)written;
  }
}

/// Appends a string of terminfo, if there is one of that name.
static void append_capability(char *text, size_t capacity, const char *name) {
  const char *value = tigetstr(name);
  if (value && value != (char *)-1) ct_append_unpadded(text, capacity, value);
}

static void arm(ct_screen *screen) {
  char reset[512] = "";
  if (screen->is_xterm) strcat(reset, frame_end);
  strcat(reset, paste_off);
  if (screen->mouse) strcat(reset, mouse_off);
  static const char *const names[] = {"op", "sgr0", "cnorm", "rmcup"};
  for (int index = 0; index < 4; index++) append_capability(reset, sizeof reset, names[index]);
  const char *leave = tigetstr("rmcup");
  if (!leave || leave == (char *)-1) strncat(reset, "\r\n", sizeof reset - strlen(reset) - 1);
  guard_arm(fileno(screen->output), &screen->settings, reset, strlen(reset));
}

static void announce(ct_screen *screen) {
  send(screen, paste_on, strlen(paste_on));
  if (screen->mouse) send(screen, mouse_on, strlen(mouse_on));
}

static void leave(ct_screen *screen) {
  if (!screen->is_inside) return;
  screen->is_inside = false;
  if (screen->mouse) send(screen, mouse_off, strlen(mouse_off));
  send(screen, paste_off, strlen(paste_off));
  endwin();
  while (tcsetattr(fileno(screen->input), TCSADRAIN, &screen->settings) < 0 && errno == EINTR) {}
  guard_disarm();
}

static FILE *open_duplicate(int descriptor, const char *mode) {
  int duplicate = fcntl(descriptor, F_DUPFD_CLOEXEC, 3);
  if (duplicate < 0) return NULL;
  FILE *file = fdopen(duplicate, mode);
  if (!file) close(duplicate);
  return file;
}

static void release(ct_screen *screen) {
  if (screen->input) fclose(screen->input);
  if (screen->output) fclose(screen->output);
  free(screen);
}

static ct_screen_trouble examine(int output, const char *type) {
  int error = 0;
  bool is_known = setupterm(type, output, &error) == OK && error == 1;
  if (!is_known) return ct_screen_trouble_unknown;
  const char *move = tigetstr("cup");
  bool is_able = move && move != (char *)-1;
  del_curterm(cur_term);
  return is_able ? ct_screen_trouble_none : ct_screen_trouble_simple;
}

static ct_screen_trouble start(ct_screen *screen, const char *type, bool colour) {
  use_env(FALSE);
  use_tioctl(TRUE);
  // ncurses would handle these signals itself.
  static const int signals[] = {SIGINT, SIGTERM, SIGTSTP, SIGWINCH};
  struct sigaction actions[4];
  for (int index = 0; index < 4; index++) sigaction(signals[index], NULL, &actions[index]);
  screen->screen = newterm(type, screen->output, screen->input);
  for (int index = 0; index < 4; index++) sigaction(signals[index], &actions[index], NULL);
  if (!screen->screen) return ct_screen_trouble_failed;
  raw();
  noecho();
  nonl();
  typeahead(-1);
  scrollok(stdscr, FALSE);
  if (colour && has_colors() && start_color() == OK) {
    use_default_colors();
    screen->colours = COLORS;
    // On such terminals a number beyond the first eight is a mixed colour, not a place in a table.
    if (tigetflag("RGB") == 1 && screen->colours > 256) screen->colours = 8;
  }
  const char *enter = tigetstr("smcup");
  screen->is_xterm = enter && enter != (char *)-1 && strstr(enter, "\033[?1049h");
  screen->is_inside = true;
  arm(screen);
  announce(screen);
  return ct_screen_trouble_none;
}

ct_screen *ct_screen_open(int input, int output, const char *type, bool colour, bool mouse,
                          ct_screen_trouble *trouble) {
  ct_screen *screen = calloc(1, sizeof *screen);
  *trouble = ct_screen_trouble_failed;
  if (!screen) return NULL;
  screen->mouse = mouse;
  screen->input = open_duplicate(input, "r");
  screen->output = open_duplicate(output, "w");
  if (screen->input && screen->output && tcgetattr(input, &screen->settings) == 0) {
    pthread_mutex_lock(&terminfo_lock);
    *trouble = examine(output, type);
    if (*trouble == ct_screen_trouble_none) *trouble = start(screen, type, colour);
    done();
  }
  if (*trouble == ct_screen_trouble_none) return screen;
  release(screen);
  return NULL;
}

void ct_screen_close(ct_screen *screen) {
  select_screen(screen);
  leave(screen);
  delscreen(screen->screen);
  done();
  release(screen);
}

void ct_screen_leave(ct_screen *screen) {
  select_screen(screen);
  leave(screen);
  done();
}

void ct_screen_enter(ct_screen *screen) {
  select_screen(screen);
  if (screen->is_inside) {
    // Another program may have left the terminal in another mode.
    char enter[256] = "";
    append_capability(enter, sizeof enter, "smcup");
    reset_prog_mode();
    send(screen, enter, strlen(enter));
  } else {
    screen->is_inside = true;
    arm(screen);
  }
  clearok(curscr, TRUE);
  doupdate();
  announce(screen);
  done();
}

bool ct_screen_is_xterm(ct_screen *screen) { return screen->is_xterm; }

int ct_screen_colours(ct_screen *screen) { return screen->colours; }

int ct_screen_pairs(ct_screen *screen) {
  if (screen->colours == 0) return 0;
  select_screen(screen);
  // Cells hold a pair's number as a short.
  int pairs = COLOR_PAIRS > 32767 ? 32767 : COLOR_PAIRS;
  done();
  return pairs;
}

void ct_screen_define(ct_screen *screen, int number, int foreground, int background) {
  select_screen(screen);
  if (number < COLOR_PAIRS) init_pair((short)number, (short)foreground, (short)background);
  done();
}

void ct_screen_resize(ct_screen *screen, int height, int width) {
  select_screen(screen);
  resizeterm(height, width);
  clearok(curscr, TRUE);
  done();
}

static attr_t attributes_of(const ct_cell *cell) {
  attr_t attributes = A_NORMAL;
  if (cell->attributes & ct_attribute_bold) attributes |= A_BOLD;
  if (cell->attributes & ct_attribute_dim) attributes |= A_DIM;
  if (cell->attributes & ct_attribute_underline) attributes |= A_UNDERLINE;
  if (cell->attributes & ct_attribute_reverse) attributes |= A_REVERSE;
#ifdef A_ITALIC
  if (cell->attributes & ct_attribute_italic) attributes |= A_ITALIC;
#endif
  return attributes;
}

void ct_screen_put(ct_screen *screen, int row, const ct_cell *cells, size_t count) {
  select_screen(screen);
  if (wmove(stdscr, row, 0) == OK) {
    wclrtoeol(stdscr);
    for (size_t index = 0; index < count; index++) {
      const ct_cell *cell = &cells[index];
      wchar_t text[ct_cell_scalars + 1] = {0};
      for (int scalar = 0; scalar < ct_cell_scalars; scalar++) text[scalar] = (wchar_t)cell->scalars[scalar];
      int pair = cell->colours < COLOR_PAIRS ? cell->colours : 0;
      cchar_t character;
      if (setcchar(&character, text, attributes_of(cell), (short)pair, NULL) != OK) continue;
      if (wmove(stdscr, row, cell->column) == OK) wadd_wch(stdscr, &character);
    }
  }
  done();
}

void ct_screen_show(ct_screen *screen, int row, int column) {
  select_screen(screen);
  if (screen->is_inside) {
    if (screen->is_xterm) send(screen, frame_begin, strlen(frame_begin));
    curs_set(row >= 0 ? 1 : 0);
    leaveok(stdscr, row < 0);
    if (row >= 0) wmove(stdscr, row, column);
    wnoutrefresh(stdscr);
    doupdate();
    if (screen->is_xterm) send(screen, frame_end, strlen(frame_end));
  }
  done();
}

void ct_screen_forget(ct_screen *screen) {
  select_screen(screen);
  clearok(curscr, TRUE);
  done();
}

void ct_screen_send(ct_screen *screen, const char *bytes, size_t count) {
  select_screen(screen);
  if (screen->is_inside) send(screen, bytes, count);
  done();
}
