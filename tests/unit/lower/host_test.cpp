#include "lower/host.h"

#include <boost/test/unit_test.hpp>

#include "load/reader.h"

using namespace isvcc;

struct Hosts {
  Arena arena;
  IngressConfig config;

  Hosts() {
    config.domain_template = "{{ .Name }}-{{ .Namespace }}.{{ .IngressDomain }}";
    config.ingress_domain = "example.com";
  }
  TemplateText host(std::string_view name, std::string_view labels = "{}", std::string_view annotations = "{}") {
    return generate_host(name, {"ml", parse_yaml(arena.copy(labels), arena), parse_yaml(arena.copy(annotations), arena)}, config, arena);
  }
  TemplateText path(std::string_view text) {
    config.path_template = text;
    return generate_path("iris", "ml", config, arena);
  }
};

BOOST_FIXTURE_TEST_CASE(the_default_template_gives_what_the_interpreter_gives, Hosts) {
  const std::string fast = host("iris").text;
  config.domain_template = "{{.Name}}-{{.Namespace}}.{{.IngressDomain}}";
  BOOST_TEST(fast == "iris-ml.example.com");
  BOOST_TEST(host("iris").text == fast);
}

BOOST_FIXTURE_TEST_CASE(templates_see_labels_and_annotations, Hosts) {
  config.domain_template = "{{ .Name }}.{{ index .Annotations \"zone\" }}.{{ .Labels.team }}.org";
  BOOST_TEST(host("iris", "{team: a}", "{zone: eu}").text == "iris.eu.a.org");
}

BOOST_FIXTURE_TEST_CASE(a_missing_label_makes_an_invalid_name, Hosts) {
  config.domain_template = "{{ .Name }}.{{ .Labels.team }}";
  BOOST_TEST(host("iris").error ==
             "invalid domain name \"iris.<no value>\": url: Invalid value: \"iris.<no value>\": a lowercase RFC 1123 subdomain must consist of lower case "
             "alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is "
             "'[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')");
}

BOOST_FIXTURE_TEST_CASE(a_label_longer_than_63_characters_is_invalid, Hosts) {
  const std::string name(61, 'a');
  BOOST_TEST(host(name).error == "invalid domain name \"" + name + "-ml.example.com\": url: Invalid value: \"" + name + "-ml\": must be no more than 63 characters");
}

BOOST_FIXTURE_TEST_CASE(a_name_of_one_segment_is_no_domain_name, Hosts) {
  BOOST_TEST(domain_name_error("com.") == "url: Invalid value: \"com\": should be a domain with at least two segments separated by dots");
  BOOST_TEST(domain_name_error("") == "url: Required value");
  BOOST_TEST(domain_name_error("a.b.") == "");
}

BOOST_FIXTURE_TEST_CASE(an_unknown_field_fails_while_rendering, Hosts) {
  config.domain_template = "{{ .Nam }}";
  BOOST_TEST(host("iris").error.find("error rendering the domain template: template: domain-template:1:3: executing") == 0u);
}

BOOST_FIXTURE_TEST_CASE(additional_domains_replace_the_first_domain_that_fits, Hosts) {
  config.additional_ingress_domains = {"alt.org", "alt.org", "Bad", "b.io"};
  const std::vector<std::string> more = additional_hosts({"other.com", "example.com", "com"}, "iris-ml.example.com", config);
  BOOST_TEST(more == (std::vector<std::string>{"iris-ml.alt.org", "iris-ml.b.io"}), boost::test_tools::per_element());
  BOOST_TEST(additional_hosts({"other.com"}, "iris-ml.example.com", config).empty());
  BOOST_TEST(additional_hosts({"example.com"}, "example.com", config).empty());
}

BOOST_FIXTURE_TEST_CASE(paths_are_decoded_and_lose_their_query, Hosts) {
  BOOST_TEST(path("/serving/{{ .Namespace }}/{{ .Name }}/").text == "/serving/ml/iris/");
  BOOST_TEST(path("/a%20b?x=1").text == "/a b");
  BOOST_TEST(path("//a").text == "//a");
}

BOOST_FIXTURE_TEST_CASE(paths_have_neither_scheme_nor_host, Hosts) {
  BOOST_TEST(path("http://h/{{ .Name }}").error == "invalid url path \"http://h/iris\": contains either a scheme or a host");
  BOOST_TEST(path("a/{{ .Name }}").error == "invalid url \"a/iris\": parse \"a/iris\": invalid URI for request");
  BOOST_TEST(path("/%zz").error == "invalid url \"/%zz\": parse \"/%zz\": invalid URL escape \"%zz\"");
}
