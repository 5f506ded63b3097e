#include <boost/test/unit_test.hpp>

#include "base/precompiled.h"
