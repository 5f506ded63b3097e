#include <boost/test/unit_test.hpp>

#include "precompiled.h"
