#include "ct_signals.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static const int signals[] = {SIGWINCH, SIGCONT, SIGTSTP};
enum { signal_count = sizeof signals / sizeof *signals };
static struct sigaction previous[signal_count];
static volatile sig_atomic_t watcher = -1;

static void note(int number) {
  int error = errno;
  int descriptor = watcher;
  unsigned char byte = (unsigned char)number;
  if (descriptor >= 0 && write(descriptor, &byte, 1) < 0) {
    // A full pipe has enough to tell already.
  }
  errno = error;
}

void ct_signals_watch(int descriptor) {
  bool is_installed = watcher >= 0;
  watcher = descriptor;
  if (is_installed) return;
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_handler = note;
  action.sa_flags = SA_RESTART;
  sigemptyset(&action.sa_mask);
  for (int index = 0; index < signal_count; index++) sigaction(signals[index], &action, &previous[index]);
}

void ct_signals_unwatch(int descriptor) {
  if (watcher != descriptor) return;
  for (int index = 0; index < signal_count; index++) sigaction(signals[index], &previous[index], NULL);
  watcher = -1;
}

static volatile sig_atomic_t has_continued;
static struct sigaction before_continuing;

static void note_continuing(int number) {
  has_continued = 1;
  bool is_plain = !(before_continuing.sa_flags & SA_SIGINFO);
  if (is_plain && before_continuing.sa_handler == note) note(number);
}

void ct_suspend_job(void) {
  struct sigaction action, before;
  memset(&action, 0, sizeof action);
  sigemptyset(&action.sa_mask);
  action.sa_handler = SIG_DFL;
  sigaction(SIGTSTP, &action, &before);
  has_continued = 0;
  action.sa_handler = note_continuing;
  sigaction(SIGCONT, &action, &before_continuing);
  // Dispatch blocks signals on its threads.
  sigset_t both, mask;
  sigemptyset(&both);
  sigaddset(&both, SIGTSTP);
  sigaddset(&both, SIGCONT);
  pthread_sigmask(SIG_UNBLOCK, &both, &mask);
  kill(0, SIGTSTP);
  // Another thread may be stopped first, and this one must not go on meanwhile. A process group without a
  // shell that could continue it is not stopped at all.
  struct timespec moment = {.tv_nsec = 10 * 1000 * 1000};
  for (int count = 0; count < 100 && !has_continued; count++) nanosleep(&moment, NULL);
  pthread_sigmask(SIG_SETMASK, &mask, NULL);
  sigaction(SIGCONT, &before_continuing, NULL);
  sigaction(SIGTSTP, &before, NULL);
}
