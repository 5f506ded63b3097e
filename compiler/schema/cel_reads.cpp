#include "schema/cel_reads.h"

#include <algorithm>
#include <cstring>

#include "base/same_text.h"

namespace isvcc {
namespace {

using cel::Expression;
using cel::Op;
using cel::Word;

// Follows the places an expression denotes; a computed value has none.
class Collector {
 public:
  explicit Collector(CelReads& self) : self_{"self", &self, nullptr}, names_(&self_) {}

  void use(const Expression& e) {
    if (CelReads* place = follow(e)) place->whole = true;
  }

 private:
  struct Binding {
    std::string_view name;
    CelReads* place;
    const Binding* outer;
  };

  CelReads* follow(const Expression& e) {
    switch (e.op) {
      case Op::Literal: return nullptr;
      case Op::Name: return named(e.name);
      case Op::Select: return field(e);
      case Op::Has: return field(*e.arguments[0]), nullptr;
      case Op::Index: return index(e);
      case Op::Macro: return macro(e);
      case Op::Call:
      case Op::Method: return is_size(e) ? measure(*e.arguments[0]) : use_all(e);
      default: return use_all(e);
    }
  }

  CelReads* named(std::string_view name) const {
    const Binding* binding = names_;
    while (binding && binding->name != name) binding = binding->outer;
    return binding ? binding->place : nullptr;
  }

  CelReads* field(const Expression& select) {
    CelReads* holder = follow(*select.arguments[0]);
    return holder ? &holder->field(select.name) : nullptr;
  }

  CelReads* index(const Expression& e) {
    CelReads* holder = follow(*e.arguments[0]);
    use(*e.arguments[1]);
    if (!holder) return nullptr;
    if (View(e.arguments[1]->literal).integer()) return &holder->item();
    return holder->whole = true, nullptr;
  }

  static bool is_size(const Expression& e) { return e.arguments.size() == 1 && (e.op == Op::Call ? e.name == "size" : e.word == Word::Size); }

  CelReads* measure(const Expression& e) {
    if (CelReads* place = follow(e)) place->measured = true;
    return nullptr;
  }

  CelReads* use_all(const Expression& e) {
    for (const auto& argument : e.arguments) use(*argument);
    return nullptr;
  }

  // What filter() keeps are items of the same list.
  CelReads* macro(const Expression& e) {
    CelReads* range = follow(*e.arguments[0]);
    const Binding binding{e.arguments[1]->name, range ? &range->item() : nullptr, names_};
    names_ = &binding;
    use(*e.arguments[2]);
    names_ = binding.outer;
    return e.word == Word::Filter ? range : nullptr;
  }

  const Binding self_;
  const Binding* names_;
};

void append_number(std::string& key, uint64_t number) {
  char bytes[sizeof number];
  std::memcpy(bytes, &number, sizeof number);
  key.append(bytes, sizeof bytes);
}

void append_text(std::string& key, std::string_view text) {
  append_number(key, text.size());
  key += text;
}

void append_whole(std::string& key, View value) {
  key += static_cast<char>('0' + static_cast<int>(value.node()->kind));
  if (value.is_text()) return append_text(key, value.text());
  if (value.is(Kind::Bool)) return append_number(key, value.is_true());
  if (value.is_number()) return append_number(key, value.node()->u);
  append_number(key, value.size());
  for (const Field& field : value.fields()) append_text(key, field.key()), append_whole(key, field.value);
  for (const Node* item : value.items()) append_whole(key, item);
}

// The fields that are read, in the order of the map: those that are not there cost nothing.
void append_fields(std::string& key, View map, const CelReads& reads) {
  for (const Field& field : map.fields())
    for (size_t i = 0; i < reads.names.size(); ++i) {
      if (!same_text(reads.names[i], field.key())) continue;
      key += static_cast<char>(i + 1);
      append_parts(key, field.value, *reads.parts[i]);
      break;
    }
  key += '\0';
}

constexpr size_t most_parts = 255;  // their numbers are one byte

}  // namespace

CelReads& CelReads::item() {
  if (!items) items = std::make_unique<CelReads>();
  return *items;
}

CelReads& CelReads::field(std::string_view name) {
  const auto at = std::find(names.begin(), names.end(), name);
  if (at != names.end()) return *parts[static_cast<size_t>(at - names.begin())];
  names.emplace_back(name);
  return *parts.emplace_back(std::make_unique<CelReads>());
}

void collect_reads(const Expression& expression, CelReads& self) { Collector(self).use(expression); }

void append_parts(std::string& key, View value, const CelReads& reads) {
  if (!value) return void(key += '-');
  // Of a map, items are its keys.
  const bool whole_map = value.is_map() && (reads.items || reads.names.size() > most_parts);
  if (reads.whole || whole_map || (reads.measured && !value.is_list())) return append_whole(key, value);
  key += static_cast<char>('0' + static_cast<int>(value.node()->kind));
  if (value.is_list()) append_number(key, value.size());
  if (reads.items)
    for (const Node* item : value.items()) append_parts(key, item, *reads.items);
  if (value.is_map()) append_fields(key, value, reads);
}

}  // namespace isvcc
