#define _GNU_SOURCE
#include "ct_text.h"

#include <string.h>
#include <wchar.h>

int ct_width(uint32_t scalar) { return wcwidth((wchar_t)scalar); }

ptrdiff_t ct_find(const void *bytes, size_t count, const void *wanted, size_t length) {
  const char *found = memmem(bytes, count, wanted, length);
  return found ? found - (const char *)bytes : -1;
}
