#include "guard.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

// These are written before `armed` is set. Only then does the handler read them, at any time, on any thread.
static int terminal_descriptor;
static struct termios terminal_settings;
static char reset_bytes[512];
static size_t reset_length;
static volatile sig_atomic_t armed;

static const int signals[] = {
    // These signals are crashes.
    SIGSEGV, SIGBUS, SIGILL, SIGTRAP, SIGFPE, SIGABRT, SIGSYS,
    // These signals ask the process to end; the program may handle them in its own way.
    SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGPIPE, SIGALRM, SIGUSR1, SIGUSR2, SIGXCPU,
};
enum { signal_count = sizeof signals / sizeof *signals, crash_count = 7 };
static struct sigaction previous[signal_count];
static bool is_ours[signal_count];

/// Restores the terminal. It is async-signal-safe.
static void restore(void) {
  if (!armed) return;
  armed = 0;
  for (size_t sent = 0; sent < reset_length;) {
    ssize_t count = write(terminal_descriptor, reset_bytes + sent, reset_length - sent);
    if (count < 0 && errno != EINTR) break;
    if (count > 0) sent += (size_t)count;
  }
  while (tcsetattr(terminal_descriptor, TCSANOW, &terminal_settings) < 0 && errno == EINTR) {}
}

static void die(int number) {
  int error = errno;
  restore();
  for (int index = 0; index < signal_count; index++) {
    if (signals[index] == number) sigaction(number, &previous[index], NULL);
  }
  // The signal is blocked until this handler returns; then it does its usual work.
  raise(number);
  errno = error;
}

/// Gives the handler a stack of its own, because a full stack can be the cause of the crash.
static void give_stack(void) {
  stack_t current;
  if (sigaltstack(NULL, &current) != 0 || !(current.ss_flags & SS_DISABLE)) return;
  static char memory[65536];
  stack_t stack = {.ss_sp = memory, .ss_size = sizeof memory};
  sigaltstack(&stack, NULL);
}

static void install(void) {
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_handler = die;
  action.sa_flags = SA_ONSTACK;
  sigemptyset(&action.sa_mask);
  // A background process could not restore the settings otherwise.
  sigaddset(&action.sa_mask, SIGTTOU);
  for (int index = 0; index < signal_count; index++) {
    sigaction(signals[index], NULL, &previous[index]);
    bool is_default = !(previous[index].sa_flags & SA_SIGINFO) && previous[index].sa_handler == SIG_DFL;
    is_ours[index] = index < crash_count || is_default;
    if (is_ours[index]) sigaction(signals[index], &action, NULL);
  }
}

static void uninstall(void) {
  for (int index = 0; index < signal_count; index++) {
    if (!is_ours[index]) continue;
    is_ours[index] = false;
    struct sigaction current;
    sigaction(signals[index], NULL, &current);
    if (!(current.sa_flags & SA_SIGINFO) && current.sa_handler == die) {
      sigaction(signals[index], &previous[index], NULL);
    }
  }
}

void guard_arm(int terminal, const struct termios *settings, const char *reset, size_t length) {
  static bool is_registered;
  guard_disarm();
  terminal_descriptor = terminal;
  terminal_settings = *settings;
  reset_length = length < sizeof reset_bytes ? length : sizeof reset_bytes;
  memcpy(reset_bytes, reset, reset_length);
  if (!is_registered) {
    is_registered = true;
    atexit(restore);
    give_stack();
  }
  install();
  armed = 1;
}

void guard_disarm(void) {
  if (!armed) return;
  armed = 0;
  uninstall();
}
