// Functions of glibc 2.35, for the executable that is carried away: it then runs where glibc is 2.34.
// They are hidden: other libraries of the process keep the system's.

#define _GNU_SOURCE

#include "COlderSystems.h"

#if defined(CARRIED) && defined(__linux__)

#include <dlfcn.h>
#include <link.h>
#include <math.h>

#define HIDDEN __attribute__((visibility("hidden")))

// Swift's own module for the C library refers to it. No square of a float is too large or small for a double.
HIDDEN float hypotf(float x, float y) {
  if (isinf(x) || isinf(y)) return INFINITY;
  return (float)sqrt((double)x * x + (double)y * y);
}

#if defined(DLFO_STRUCT_HAS_EH_DBASE)

struct search {
  ElfW(Addr) address;
  struct dl_find_object *found;
};

static int look_at(struct dl_phdr_info *object, size_t size, void *argument) {
  (void)size;
  struct search *search = argument;
  ElfW(Addr) start = 0, end = 0, frame = 0;
  int holds = 0;
  for (int i = 0; i < object->dlpi_phnum; i++) {
    const ElfW(Phdr) *part = &object->dlpi_phdr[i];
    ElfW(Addr) from = object->dlpi_addr + part->p_vaddr, to = from + part->p_memsz;
    if (part->p_type == PT_GNU_EH_FRAME) frame = from;
    if (part->p_type != PT_LOAD) continue;
    if (end == 0 || from < start) start = from;
    if (to > end) end = to;
    if (search->address >= from && search->address < to) holds = 1;
  }
  if (!holds || frame == 0) return 0;
  search->found->dlfo_map_start = (void *)start;
  search->found->dlfo_map_end = (void *)end;
  search->found->dlfo_eh_frame = (void *)frame;
  return 1;
}

// The unwinder of exceptions asks it for the table of the code at an address.
HIDDEN int _dl_find_object(void *address, struct dl_find_object *found) {
  *found = (struct dl_find_object){0};
  struct search search = {(ElfW(Addr))address, found};
  return dl_iterate_phdr(look_at, &search) == 1 ? 0 : -1;
}

#endif
#endif
