#pragma once
// What one scalar of a manifest means to Kubernetes: the YAML 1.1 rules of sigs.k8s.io/yaml (go-yaml v2), not those of YAML 1.2.
// Knows nothing about files or places; refuses nothing but a tag that its text contradicts.
#include <optional>
#include <string>
#include <string_view>

#include "base/char_set.h"
#include "tree/node.h"

namespace isvcc {

// The tags a scalar or collection may carry. NonSpecific is a lone `!`; Unknown covers everything that YAML 1.1 does not define.
enum class Tag : uint8_t { None, NonSpecific, Str, Bool, Int, Float, Null, Timestamp, Binary, Merge, Collection, Unknown };

// The tag named by a resolved tag URI ("tag:yaml.org,2002:int").
Tag tag_of_uri(std::string_view uri);

// The value of an unquoted, untagged scalar. Only kind and value are set; a String keeps the view. `.inf` and `.nan` give a Float
// that JSON cannot hold: the caller refuses it as a value (as a key it has a text). Mirrors resolve() of go-yaml v2.
Node resolve_plain(std::string_view text);

// True where the first byte tells that resolve_plain() gives a text, and every other reader, too: most keys and values.
inline constexpr CharSet kMayBeginOthers("yYnNtTfFoO~0123456789+-.");
inline bool is_surely_text(std::string_view plain) { return !plain.empty() && !kMayBeginOthers.has(plain[0]); }

// The value of a scalar under a tag other than None, NonSpecific, Collection and Unknown, quoted or not; nothing when the text is
// no value of that type ("!!int a"). The text of !!binary is decoded into `arena`.
std::optional<Node> resolve_tagged(Tag tag, std::string_view text, Arena& arena);

// The JSON key that a scalar becomes: `yes` is "true", 010 is "8", 1.123456789 is "1.1234568" (32-bit precision, as upstream).
// Nothing for null and for integers above INT64_MAX, which upstream refuses. New text goes to `arena`.
std::optional<std::string_view> key_text(const Node& scalar, Arena& arena);

// A number in Go's strconv syntax for floats: the whole text, no underscores, no hexadecimal. Nothing when malformed or out of
// range; too small becomes zero. Also reads JSON numbers.
std::optional<double> parse_go_float(std::string_view text);

// True when readers of YAML 1.2 give an unquoted scalar another type than resolve_plain() gave: yes, on, 1_000, 0b1, 1e309 …
bool is_ambiguous(std::string_view plain, const Node& resolved);

}  // namespace isvcc
