#include "base/parallel.h"

#include <boost/test/unit_test.hpp>
#include <atomic>
#include <new>
#include <vector>

using namespace isvcc;

BOOST_AUTO_TEST_SUITE(parallel)

BOOST_AUTO_TEST_CASE(every_index_is_visited_once) {
  for (const size_t threads : {0u, 1u, 2u, 16u}) {
    std::vector<std::atomic<int>> visits(1000);
    parallel_for(visits.size(), threads, [&](size_t, size_t i) { ++visits[i]; });
    for (const auto& count : visits) BOOST_TEST(count == 1);
  }
}

BOOST_AUTO_TEST_CASE(a_worker_number_is_below_the_number_of_threads) {
  std::atomic<bool> fine{true};
  parallel_for(1000, 3, [&](size_t worker, size_t) { fine = fine && worker < 3; });
  BOOST_TEST(fine);
}

BOOST_AUTO_TEST_CASE(what_one_worker_throws_comes_out_when_all_have_stopped) {
  for (const size_t threads : {1u, 4u})
    BOOST_CHECK_THROW(parallel_for(1000, threads, [](size_t, size_t i) { if (i == 500) throw std::bad_alloc(); }), std::bad_alloc);
}

BOOST_AUTO_TEST_SUITE_END()
