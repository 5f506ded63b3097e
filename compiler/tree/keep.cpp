#include "tree/keep.h"

namespace isvcc {
namespace {

class Keeper {
 public:
  Keeper(const Arena& passing, Arena& kept) : passing_(passing), kept_(kept) {}

  const Node* node(const Node* from) {
    if (!passing_.owns(from)) return from;
    Node* const to = kept_.make(*from);
    if (from->kind == Kind::String) to->text = text({from->text, from->size}).data();
    if (from->kind == Kind::List) to->items = items(*from);
    if (from->kind == Kind::Map) to->fields = fields(*from);
    return to;
  }

 private:
  std::string_view text(std::string_view from) { return kept_from(passing_, from, kept_); }

  const Node* const* items(const Node& list) {
    const Node** const to = kept_.array<const Node*>(list.size);
    for (size_t i = 0; i < list.size; ++i) to[i] = node(list.items[i]);
    return to;
  }

  const Field* fields(const Node& map) {
    Field* const to = kept_.array<Field>(map.size);
    for (size_t i = 0; i < map.size; ++i) {
      to[i] = map.fields[i];
      to[i].key_text = text(map.fields[i].key()).data();
      to[i].value = node(map.fields[i].value);
    }
    return to;
  }

  const Arena& passing_;
  Arena& kept_;
};

}  // namespace

const Node* kept_from(const Arena& passing, const Node* value, Arena& kept) { return value ? Keeper(passing, kept).node(value) : nullptr; }

}  // namespace isvcc
