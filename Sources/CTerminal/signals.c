#include "ct_signals.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <string.h>
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
    // A full pipe has enough to tell.
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

void ct_suspend_job(void) {
  struct sigaction plain, before;
  memset(&plain, 0, sizeof plain);
  plain.sa_handler = SIG_DFL;
  sigemptyset(&plain.sa_mask);
  sigaction(SIGTSTP, &plain, &before);
  // Dispatch blocks signals on its threads.
  sigset_t stop, mask;
  sigemptyset(&stop);
  sigaddset(&stop, SIGTSTP);
  pthread_sigmask(SIG_UNBLOCK, &stop, &mask);
  kill(0, SIGTSTP);
  // The group's signal may stop another thread first; this one must not go on meanwhile. What is left of the two is dropped
  // when the process goes on.
  raise(SIGTSTP);
  pthread_sigmask(SIG_SETMASK, &mask, NULL);
  sigaction(SIGTSTP, &before, NULL);
}
