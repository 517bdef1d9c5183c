#ifndef CCONFINEMENT_H
#define CCONFINEMENT_H

/// The first argument (`argv[0]`) that makes an executable with this target in it confine itself. It then
/// becomes another program, before its own `main`. See CConfinement.c for the arguments that follow.
#define CONFINEMENT_NAME "mcp-run-python:confined"

/// True if this system is one that the confinement is written for (Linux on x86-64 or ARM64).
int confinement_is_supported(void);

#endif
