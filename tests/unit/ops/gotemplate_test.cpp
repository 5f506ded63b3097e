// The template language, rule by rule. Expected texts are what Go 1.26 prints.
#include <boost/test/unit_test.hpp>

#include "ops/gotemplate.h"
#include "support/json_text.h"

using namespace isvcc;

static constexpr std::string_view kMeta =
    R"({"Name":"bar","Namespace":"ns","Generation":3,"UID":"u-1","Labels":{"foo":"lf","d-e":"dash","n":"12"},)"
    R"("Annotations":{"h":"<a href='x'>&+\""},"Finalizers":["f1","f2"]})";

static TemplateResult run(std::string_view text, Escaping escaping = Escaping::None) {
  Arena arena;
  return run_template("t", text, {test::read_json(kMeta, arena), "v1.ObjectMeta"}, escaping);
}
static std::string printed(std::string_view text) {
  const TemplateResult result = run(text);
  return result.error.empty() ? result.text : "error: " + result.error;
}
static std::string escaped(std::string_view text) {
  const TemplateResult result = run(text, Escaping::Html);
  return result.error.empty() ? result.text : "error: " + result.error;
}

BOOST_AUTO_TEST_SUITE(go_template)

BOOST_AUTO_TEST_CASE(fields_maps_and_variables_are_read_with_dots) {
  BOOST_TEST(printed("{{.Name}}/{{.Labels.foo}} {{$x := .Namespace}}{{$x}} {{$.Name}}") == "bar/lf ns bar");
  BOOST_TEST(printed("{{(index .Finalizers 1)}} {{index .Labels `d-e`}}") == "f2 dash");
  BOOST_TEST(printed("{{$x := 1}}{{if true}}{{$x = 2}}{{end}}{{$x}}") == "2");
}

BOOST_AUTO_TEST_CASE(a_missing_key_is_no_value_and_in_html_nothing) {
  BOOST_TEST(printed("{{.Labels.nope}}") == "<no value>");
  BOOST_TEST(escaped("{{.Labels.nope}}") == "");
  BOOST_TEST(printed("{{index .Labels `nope`}}") == "");
}

BOOST_AUTO_TEST_CASE(conditions_follow_gos_notion_of_true) {
  BOOST_TEST(printed("{{if .Labels.nope}}a{{else if .Name}}b{{else}}c{{end}}") == "b");
  BOOST_TEST(printed("{{if .DeletionTimestamp}}a{{else}}b{{end}}{{if .CreationTimestamp}}c{{end}}") == "bc");
  BOOST_TEST(printed("{{with .Labels.nope}}a{{else with .Name}}{{.}}{{end}}") == "bar");
  BOOST_TEST(printed("{{not .Name}} {{and .Name 0 1}} {{or `` `x`}} {{or nil 0}}") == "false 0 x 0");
}

BOOST_AUTO_TEST_CASE(ranges_go_over_maps_lists_and_numbers) {
  BOOST_TEST(printed("{{range $k, $v := .Labels}}{{$k}}={{$v}};{{end}}") == "d-e=dash;foo=lf;n=12;");
  BOOST_TEST(printed("{{range $i, $f := .Finalizers}}{{$i}}{{$f}} {{end}}") == "0f1 1f2 ");
  BOOST_TEST(printed("{{range 3}}{{.}}{{end}}{{range .OwnerReferences}}x{{else}}none{{end}}") == "012none");
  BOOST_TEST(printed("{{range .Finalizers}}{{if eq . `f2`}}{{break}}{{end}}{{.}}{{end}}") == "f1");
  BOOST_TEST(printed("{{range 4}}{{if eq . 1}}{{continue}}{{end}}{{.}}{{end}}") == "023");
}

BOOST_AUTO_TEST_CASE(templates_are_defined_and_called) {
  BOOST_TEST(printed("{{define `x`}}[{{.}}]{{end}}{{template `x` .Name}}{{template `x`}}") == "[bar][<no value>]");
  BOOST_TEST(printed("{{block `b` .Name}}<{{.}}>{{end}}") == "<bar>");
  BOOST_TEST(printed("{{template `y`}}") == "error: template: t:1:11: executing \"t\" at <{{template \"y\"}}>: template \"y\" not defined");
}

BOOST_AUTO_TEST_CASE(trim_markers_and_comments_leave_no_trace) {
  BOOST_TEST(printed("a \n {{- .Name -}} \t b{{/* c */}} {{- /* d */ -}} e") == "abarbe");
}

BOOST_AUTO_TEST_CASE(values_print_as_gos_fmt_prints_them) {
  BOOST_TEST(printed("{{.Labels}} {{.Finalizers}} {{.OwnerReferences}} {{.DeletionTimestamp}}") == "map[d-e:dash foo:lf n:12] [f1 f2] [] <nil>");
  BOOST_TEST(printed("{{.CreationTimestamp}}") == "0001-01-01 00:00:00 +0000 UTC");
  BOOST_TEST(printed("{{1.0}} {{1e6}} {{100000.0}} {{0.00001}} {{'a'}} {{0x10}} {{true}}") == "1 1e+06 100000 1e-05 97 16 true");
  BOOST_TEST(printed("{{print 1 2 `a` `b` 3}} {{println 1 `a`}}") == "1 2ab3 1 a\n");
}

BOOST_AUTO_TEST_CASE(printf_knows_verbs_flags_width_and_its_own_complaints) {
  BOOST_TEST(printed("{{printf `%05d|%-5s|%5.1f|%x|%q|%v|%T` 42 `ab` 3.14159 255 `q\"` .Labels.foo .UID}}") == "00042|ab   |  3.1|ff|\"q\\\"\"|lf|types.UID");
  BOOST_TEST(printed("{{printf `%d` `x`}} {{printf `%s` 5}} {{printf `%d`}} {{printf `%d` 1 2}}") ==
             "%!d(string=x) %!s(int=5) %!d(MISSING) 1%!(EXTRA int=2)");
  BOOST_TEST(printed("{{printf `%[2]d %[1]d` 1 2}} {{printf `%*d` 4 7}} {{printf `%v` nil}}") == "2 1    7 <nil>");
}

BOOST_AUTO_TEST_CASE(comparisons_know_their_types) {
  BOOST_TEST(printed("{{eq .Name `x` `bar`}} {{ne 1 2}} {{lt 1 2}} {{le `b` `a`}} {{gt 2.5 1.5}} {{ge 2 2}}") == "true true true false true true");
  BOOST_TEST(printed("{{eq .Name 1}}") == "error: template: t:1:2: executing \"t\" at <eq .Name 1>: error calling eq: incompatible types for comparison: string and int");
  BOOST_TEST(printed("{{eq .Labels .Labels}}") ==
             "error: template: t:1:2: executing \"t\" at <eq .Labels .Labels>: error calling eq: non-comparable type map[d-e:dash foo:lf n:12]: map[string]string");
}

BOOST_AUTO_TEST_CASE(index_slice_and_len_check_their_bounds) {
  BOOST_TEST(printed("{{len .Name}} {{len .Labels}} {{slice .Name 1}} {{slice .Name 0 2}} {{slice .Finalizers 1}} {{index .Name 0}}") == "3 3 ar ba [f2] 98");
  BOOST_TEST(printed("{{index .Finalizers 2}}") == "error: template: t:1:2: executing \"t\" at <index .Finalizers 2>: error calling index: reflect: slice index out of range");
  BOOST_TEST(printed("{{slice .Name 2 1}}") == "error: template: t:1:2: executing \"t\" at <slice .Name 2 1>: error calling slice: invalid slice index: 2 > 1");
  BOOST_TEST(printed("{{len 3}}") == "error: template: t:1:2: executing \"t\" at <len 3>: error calling len: len of type int");
}

BOOST_AUTO_TEST_CASE(html_escapes_every_value_and_no_text) {
  BOOST_TEST(escaped("&{{.Annotations.h}}") == "&&lt;a href=&#39;x&#39;&gt;&amp;&#43;&#34;");
  BOOST_TEST(escaped("{{.Annotations.h | html}}") == "&lt;a href=&#39;x&#39;&gt;&amp;+&#34;");
  BOOST_TEST(escaped("{{.Annotations.h | urlquery}}") == "%3Ca&#43;href%3D%27x%27%3E%26%2B%22");
  BOOST_TEST(escaped("{{.Annotations.h | js}}") == "\\u003Ca href\\u003D\\&#39;x\\&#39;\\u003E\\u0026&#43;\\&#34;");
  BOOST_TEST(escaped("{{.Name | html | print}}") == "error: html/template:t:1:2: predefined escaper \"html\" disallowed in template");
  BOOST_TEST(escaped("{{template `y`}}") == "error: html/template:t:1:11: no such template \"y\"");
}

BOOST_AUTO_TEST_CASE(syntax_errors_are_gos) {
  const std::pair<const char*, const char*> expected[] = {
      {"{{.Name", "unclosed action"},
      {"{{}}", "missing value for command"},
      {"{{.a-b}}", "bad character U+002D '-'"},
      {"{{if}}", "missing value for if"},
      {"{{if .Name}}", "unexpected EOF"},
      {"{{end}}", "unexpected {{end}}"},
      {"{{else}}", "unexpected {{else}}"},
      {"{{nope}}", "function \"nope\" not defined"},
      {"{{$x}}", "undefined variable \"$x\""},
      {"{{break}}", "{{break}} outside {{range}}"},
      {"{{.Name | 1}}", "non executable command in pipeline stage 2"},
      {"{{(1}}", "unclosed left paren"},
      {"{{1)}}", "unexpected right paren"},
      {"{{1.x}}", "bad number syntax: \"1.x\""},
      {"{{`a}}", "unterminated raw quoted string"},
      {"{{\"a\nb\"}}", "unterminated quoted string"},
      {"{{/* a}}", "unclosed comment"},
      {"{{define `a`}}x{{end}}{{define `a`}}y{{end}}", "template: multiple definition of template \"a\""},
      {"{{true.x}}", "unexpected . after term \"true\""},
      {"{{range $a, $b, $c := .Labels}}{{end}}", "too many declarations in range"},
      {"{{\"abcdefghijklmn\" \"x\"", "unclosed action"},
      {"{{.Name}} {{template 1}}", "unexpected \"1\" in template clause"}};
  for (const auto& [text, error] : expected) BOOST_TEST(check_template("t", text) == std::string("template: t:1: ") + error, text);
}

BOOST_AUTO_TEST_CASE(the_line_of_an_error_counts_newlines) {
  BOOST_TEST(check_template("t", "a\n\n{{nope}}") == "template: t:3: function \"nope\" not defined");
  BOOST_TEST(printed("a\n  {{.Nope}}") == "error: template: t:2:4: executing \"t\" at <.Nope>: can't evaluate field Nope in type v1.ObjectMeta");
}

BOOST_AUTO_TEST_CASE(unknown_fields_name_the_type_they_were_looked_for_in) {
  BOOST_TEST(printed("{{.Name.X}}") == "error: template: t:1:7: executing \"t\" at <.Name.X>: can't evaluate field X in type string");
  BOOST_TEST(printed("{{.DeletionTimestamp.X}}") == "error: template: t:1:20: executing \"t\" at <.DeletionTimestamp.X>: can't evaluate field X in type *v1.Time");
  BOOST_TEST(printed("{{.GetName}}") == "error: template: t:1:2: executing \"t\" at <.GetName>: can't evaluate field GetName in type v1.ObjectMeta");
  BOOST_TEST(printed("{{.Labels.foo.X}}") == "error: template: t:1:9: executing \"t\" at <.Labels.foo.X>: can't evaluate field X in type string");
}

BOOST_AUTO_TEST_CASE(other_structs_have_the_fields_of_their_map) {
  Arena arena;
  const TemplateData data{test::read_json(R"({"Name":"a","Labels":{"x":"y"}})", arena), "ingress.DomainTemplateValues"};
  BOOST_TEST(run_template("domain-template", "{{ .Name }}.{{ .Labels.x }}.{{index .Labels \"z\"}}", data, Escaping::None).text == "a.y.");
  BOOST_TEST(run_template("domain-template", "{{ .Nope }}", data, Escaping::None).error ==
             "template: domain-template:1:3: executing \"domain-template\" at <.Nope>: can't evaluate field Nope in type ingress.DomainTemplateValues");
}

BOOST_AUTO_TEST_CASE(work_output_and_nesting_are_limited) {
  for (const char* text : {"{{range 100000000}}{{end}}", "{{define `a`}}{{template `a`}}{{end}}{{template `a`}}",
                           "{{$x := `aaaaaaaaaaaaaaaa`}}{{range 60}}{{$x = print $x $x}}{{end}}", "{{range 2000}}{{printf `%1000d` 1}}{{end}}",
                           "{{define `a`}}{{range 9}}{{template `a`}}{{end}}{{end}}{{template `a`}}"}) {
    BOOST_TEST(run(text).limit, text);
    BOOST_TEST(run(text, Escaping::Html).limit, text);
  }
  BOOST_TEST(run("{{printf `%1000000000d` 1}}").text == "%!(NOVERB)%!(EXTRA int=1)");
  std::string deep = "1";
  for (int i = 0; i < 1000; ++i) deep = "(" + deep + ")";
  BOOST_TEST(!check_template("t", "{{" + deep + "}}").empty());
  std::string ifs;
  for (int i = 0; i < 100000; ++i) ifs += "{{if 1}}";
  BOOST_TEST(!check_template("t", ifs).empty());
}

BOOST_AUTO_TEST_CASE(a_chain_of_many_templates_is_a_limit) {
  std::string text;
  for (int i = 0; i < 2000; ++i) text += "{{define `" + std::to_string(i) + "`}}{{template `" + std::to_string(i + 1) + "`}}{{end}}";
  text += "{{define `2000`}}x{{end}}{{template `0`}}";
  BOOST_TEST(run(text).limit);
  BOOST_TEST(run(text, Escaping::Html).limit);
}

BOOST_AUTO_TEST_SUITE_END()
