#define BOOST_TEST_MODULE isvcc
#include <boost/test/unit_test.hpp>
