#define _GNU_SOURCE
#include "ct_text.h"

#include <string.h>
#include <wchar.h>

int ct_width(uint32_t scalar) { return wcwidth((wchar_t)scalar); }

ptrdiff_t ct_find(const void *bytes, size_t count, const void *wanted, size_t length) {
  const char *found = memmem(bytes, count, wanted, length);
  return found ? found - (const char *)bytes : -1;
}

void ct_append_unpadded(char *text, size_t capacity, const char *value) {
  size_t length = strlen(text);
  while (*value && length + 1 < capacity) {
    const char *end = value[0] == '$' && value[1] == '<' ? strchr(value, '>') : NULL;
    if (end) {
      value = end + 1;
    } else {
      text[length++] = *value++;
    }
  }
  text[length] = 0;
}
