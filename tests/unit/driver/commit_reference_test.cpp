// Trailers that name another commit, as Argo CD's Source Hydrator reads them and leaves them out of a message.
#include "driver/commands/commit_reference.h"

#include <boost/test/unit_test.hpp>

#include "driver/commands/mail_address.h"

using namespace isvcc;

namespace {

HydratorReference of(std::string_view key, std::string_view value) { return read_reference({"Argocd-reference-commit-" + std::string(key) + ": " + std::string(value)}); }

bool is_read(std::string_view key, std::string_view value) { return of(key, value) != HydratorReference(); }

}  // namespace

BOOST_AUTO_TEST_SUITE(commit_references)

BOOST_AUTO_TEST_CASE(values_have_to_have_their_form) {
  BOOST_TEST(is_read("sha", "0123a"));
  BOOST_TEST(!is_read("sha", "0123"));
  BOOST_TEST(!is_read("sha", "ABCDEF"));
  BOOST_TEST(is_read("repourl", "https://git.example/app?a=1"));
  BOOST_TEST(!is_read("repourl", "git@host:path"));
  BOOST_TEST(!is_read("repourl", "http://[bad"));
  BOOST_TEST(is_read("body", R"("a\nb")"));
  BOOST_TEST(!is_read("body", "no JSON"));
  BOOST_TEST(!is_read("date", "2026-02-29T00:00:00Z"));
  BOOST_TEST(!is_read("date", "2026-02-28"));
  BOOST_TEST(!is_read("other", "x"));
}

BOOST_AUTO_TEST_CASE(dates_keep_their_zone_and_lose_fractions) {
  BOOST_TEST(of("date", "2026-02-28T01:02:03-07:30").date == "2026-02-28T01:02:03-07:30");
  BOOST_TEST(of("date", "2026-02-28T01:02:03+00:00").date == "2026-02-28T01:02:03Z");
  BOOST_TEST(of("date", "2026-02-28T01:02:03.75Z").date == "2026-02-28T01:02:03Z");
}

BOOST_AUTO_TEST_CASE(an_author_is_written_as_Go_writes_an_address) {
  BOOST_TEST(of("author", "Ada <ada@example.com>").author == "\"Ada\" <ada@example.com>");
  BOOST_TEST(of("author", "ada@example.com").author == "<ada@example.com>");
  BOOST_TEST(of("author", "Jörg Ä <j@example.com>").author == "=?utf-8?q?J=C3=B6rg_=C3=84?= <j@example.com>");
  BOOST_TEST(of("sha", "abcdef").author == "<@>");
  for (const char* bad : {"nobody", "Ada (comment) <a@b>", "Ada, Bob <a@b>", "Ada <a b@c>", "Ada <@b>", "\"A\\\"B\" <a@b>"}) BOOST_TEST(!mail_address(bad).has_value(), bad);
}

BOOST_AUTO_TEST_CASE(long_names_are_several_words_of_whole_characters) {
  std::string name;
  for (int i = 0; i < 30; ++i) name += "ü";
  const std::string written = *mail_address(name + " <u@example.com>");
  BOOST_TEST(written.find("?= =?utf-8?q?") != std::string::npos);
  BOOST_TEST(written.find("=C3?=") == std::string::npos);
  BOOST_TEST(written.find("?=") <= 75u);
}

BOOST_AUTO_TEST_CASE(a_message_loses_what_can_be_read_and_nothing_else) {
  BOOST_TEST(without_references("Why.\r\n\nArgocd-reference-commit-sha: abcdef\nArgocd-reference-commit-sha: no\nSigned-off-by: A") ==
             "Why.\n\nArgocd-reference-commit-sha: no\nSigned-off-by: A\n");
  BOOST_TEST(without_references("Argocd-reference-commit-body: null\nArgocd-reference-commit-subject: \n") == "");
  BOOST_TEST(without_references("") == "");
}

BOOST_AUTO_TEST_SUITE_END()
