// References of pods to objects that nobody defines: W0901, W0902, W0903.
#include <boost/test/unit_test.hpp>

#include "linted.h"

using namespace isvcc::test;

static const std::string kSecretEnv = "env: [{name: TOKEN, valueFrom: {secretKeyRef: {name: tokens, key: t}}}], ";
static const std::string kMapEnv = "envFrom: [{configMapRef: {name: settings}}], ";
static const std::string kClaim = "volumes: [{name: v, persistentVolumeClaim: {claimName: models}}], ";

BOOST_AUTO_TEST_CASE(a_secret_that_nobody_defines_is_told) {
  const Linted linted(runtime() + object("Secret", "token") + service(kSecretEnv));
  BOOST_TEST(linted.count("W0901") == 1);
  BOOST_TEST(linted.finding("W0901").hint == "did you mean 'token'?");
}

BOOST_AUTO_TEST_CASE(a_defined_or_optional_secret_is_fine) {
  BOOST_TEST(Linted(runtime() + object("Secret", "tokens") + service(kSecretEnv)).count("W0901") == 0);
  BOOST_TEST(Linted(runtime() + service("env: [{name: TOKEN, valueFrom: {secretKeyRef: {name: tokens, key: t, optional: true}}}], ")).count("W0901") == 0);
}

BOOST_AUTO_TEST_CASE(a_missing_secret_is_only_a_note_where_the_sources_hold_no_secrets_at_all) {
  BOOST_TEST((Linted(runtime() + service(kSecretEnv)).finding("W0901").severity == isvcc::Severity::Note));
}

BOOST_AUTO_TEST_CASE(a_config_map_that_nobody_defines_is_told) { BOOST_TEST(Linted(runtime() + service(kMapEnv)).count("W0902") == 1); }
BOOST_AUTO_TEST_CASE(a_defined_config_map_is_fine) { BOOST_TEST(Linted(runtime() + object("ConfigMap", "settings") + service(kMapEnv)).count("W0902") == 0); }

BOOST_AUTO_TEST_CASE(a_claim_that_nobody_defines_is_told) { BOOST_TEST(Linted(runtime() + service("", kClaim)).count("W0903") == 1); }
BOOST_AUTO_TEST_CASE(a_defined_claim_is_fine) {
  BOOST_TEST(Linted(runtime() + object("PersistentVolumeClaim", "models") + service("", kClaim)).count("W0903") == 0);
}
