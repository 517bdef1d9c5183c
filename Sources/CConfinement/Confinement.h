#ifndef CONFINEMENT_PRIVATE_H
#define CONFINEMENT_PRIVATE_H

#include <stdint.h>

/// Which sockets the process can make.
enum confinement_network { CONFINEMENT_NO_NETWORK, CONFINEMENT_IPV4, CONFINEMENT_ANY_NETWORK };

/// A Landlock ruleset that is being filled.
struct confinement_files {
  int ruleset;
  uint64_t handled;
};

// Each gives 0 or an errno value.

int confinement_open_files(struct confinement_files *files);
void confinement_allow(struct confinement_files *files, const char *path, int writing);
int confinement_restrict_files(struct confinement_files *files);
int confinement_restrict_calls(enum confinement_network network);

#endif
