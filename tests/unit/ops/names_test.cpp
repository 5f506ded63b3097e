// Forms of names, and what the API server says about wrong ones.
#include "base/text.h"
#include "ops/names.h"
#include "unit/ops/recordings.h"

using namespace isvcc;
using boost::unit_test::data::xrange;

static const test::Recording& recording() {
  static const test::Recording recorded("names/names.json");
  return recorded;
}

struct Form {
  std::string_view name;
  NameForm form;
};
static constexpr Form kForms[] = {{"dns1123Label", NameForm::Dns1123Label},     {"dns1123Subdomain", NameForm::Dns1123Subdomain},
                                  {"dns1035Label", NameForm::Dns1035Label},     {"qualifiedName", NameForm::QualifiedName},
                                  {"labelValue", NameForm::LabelValue},         {"envVarName", NameForm::EnvVarName},
                                  {"relaxedEnvVarName", NameForm::RelaxedEnvVarName}, {"configMapKey", NameForm::ConfigMapKey},
                                  {"portName", NameForm::PortName},             {"wildcardDNS", NameForm::WildcardDns},
                                  {"percent", NameForm::Percent}};

static std::string problems(NameForm form, std::string_view text) { return join(name_problems(form, text), " | "); }

BOOST_AUTO_TEST_SUITE(names)

BOOST_DATA_TEST_CASE(a_name_is_accepted_where_kubernetes_accepts_it, xrange(recording().root().size()), i) {
  const View recorded = recording().root().item(i);
  const std::string_view in = recorded["in"].text();
  for (const Form& form : kForms)
    BOOST_TEST_CONTEXT(form.name << " " << in) BOOST_TEST(is_valid_name(form.form, in) == recorded["valid"][form.name].is_true());
}

BOOST_AUTO_TEST_CASE(a_wrong_object_name_is_explained_in_the_api_servers_words) {
  BOOST_TEST(problems(NameForm::Dns1123Subdomain, "A_b") ==
             "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an "
             "alphanumeric character (e.g. 'example.com', regex used for validation is "
             "'[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')");
  BOOST_TEST(problems(NameForm::Dns1123Label, "a.b") == "must not contain dots");
  BOOST_TEST(problems(NameForm::Dns1123Label, std::string(64, 'a')) == "must be no more than 63 characters");
}

BOOST_AUTO_TEST_CASE(a_key_names_the_part_that_is_wrong) {
  BOOST_TEST(problems(NameForm::QualifiedName, "/a") == "prefix part must be non-empty");
  BOOST_TEST(starts_with(problems(NameForm::QualifiedName, "a/"), "name part must be non-empty | name part must consist of "));
  BOOST_TEST(ends_with(problems(NameForm::QualifiedName, "a/b/c"), " with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')"));
}

BOOST_AUTO_TEST_CASE(labels_are_checked_in_key_order) {
  Arena arena;
  const View labels = test::read_json(R"({"z":"-","a b":"ok"})", arena);
  const std::vector<std::string> found = label_problems(labels, "metadata.labels");
  BOOST_REQUIRE(found.size() == 2);
  BOOST_TEST(starts_with(found[0], "metadata.labels: Invalid value: \"a b\": name part must consist of "));
  BOOST_TEST(starts_with(found[1], "metadata.labels: Invalid value: \"-\": a valid label must be an empty string or consist of "));
}

BOOST_AUTO_TEST_CASE(annotation_keys_may_be_upper_case_and_values_anything) {
  Arena arena;
  BOOST_TEST(annotation_problems(test::read_json(R"({"Example.COM/Key":"any\nthing"})", arena), "metadata.annotations").empty());
}

BOOST_AUTO_TEST_CASE(annotations_of_more_than_256_kib_are_too_long) {
  Arena arena;
  const Make make(arena);
  const auto problems_of = [&](size_t size) { return annotation_problems(make.map({{"k", make.text(std::string(size, 'x'))}}), "metadata.annotations"); };
  BOOST_TEST(problems_of(256 * 1024 - 1).empty());
  BOOST_REQUIRE(problems_of(256 * 1024).size() == 1);
  BOOST_TEST(problems_of(256 * 1024)[0] == "metadata.annotations: Too long: may not be more than 262144 bytes");
}

BOOST_AUTO_TEST_SUITE_END()
