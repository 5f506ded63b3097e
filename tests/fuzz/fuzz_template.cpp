// Any text as a template over metadata, plain and escaped; and as a container's argument.
#include "ops/placeholders.h"
#include "ops/gotemplate.h"
#include "tree/make.h"

using namespace isvcc;

static const Node* metadata(const Make& make) {
  return make.map({{"name", make.borrowed("bar")},
                   {"namespace", make.borrowed("ns")},
                   {"generation", make.integer(3)},
                   {"labels", make.map({{"foo", make.borrowed("lf")}, {"d-e", make.borrowed("dash")}})},
                   {"annotations", make.map({{"q", make.borrowed("<&\"'+\\")}})},
                   {"finalizers", make.texts({"f1", "f2"})}});
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  Arena arena;
  const Make make(arena);
  const Node* meta = metadata(make);
  const TemplateData fields{object_meta_fields(meta, arena), "v1.ObjectMeta"};
  (void)run_template("t", text, fields, Escaping::None);
  (void)run_template("t", text, fields, Escaping::Html);
  const Node* container = make.map({{"name", make.borrowed("c")}, {"args", make.list({make.text(text)})}, {"resources", make.map({})}});
  (void)replace_placeholders(container, meta, *builtin_schemas("v0.20.0").type("Container"), arena);
  return 0;
}
