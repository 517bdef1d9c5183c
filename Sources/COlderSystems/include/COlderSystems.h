// This module has nothing to call: it is linked into what is carried away.
#pragma once
