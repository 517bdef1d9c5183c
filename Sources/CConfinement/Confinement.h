#ifndef CONFINEMENT_PRIVATE_H
#define CONFINEMENT_PRIVATE_H

#include <stdint.h>

/// The sockets that the process can make.
enum confinement_network { CONFINEMENT_NO_NETWORK, CONFINEMENT_IPV4, CONFINEMENT_ANY_NETWORK };

/// A Landlock ruleset that is being filled.
struct confinement_files {
  int ruleset;
  uint64_t handled;
};

/// The ways in which the process may use a file, or a folder with its content.
enum confinement_access {
  CONFINEMENT_READ,
  CONFINEMENT_WRITE,
  /// This access is for files only.
  CONFINEMENT_EXECUTE
};

// Each gives 0 or an errno value.

int confinement_open_files(struct confinement_files *files);
void confinement_allow(struct confinement_files *files, const char *path, enum confinement_access access);
/// Allows the program itself to be executed, and the loader or interpreter that the kernel starts for it.
void confinement_allow_program(struct confinement_files *files, const char *path);
int confinement_restrict_files(struct confinement_files *files);
/// A copy of the path at an address that nobody can guess; `NULL` where there is no room.
const char *confinement_hide(const char *path);
/// After this the process executes the path at this very address, and no other. The last argument allows it
/// to change modes and times of its files.
int confinement_restrict_calls(enum confinement_network network, const char *program, int changes_modes);

#endif
