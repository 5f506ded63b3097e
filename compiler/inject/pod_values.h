#pragma once
// The small values injection puts into pods, in Go's encoding: what would be empty is left out.
#include <string_view>

#include "kserve/config.h"
#include "tree/make.h"

namespace isvcc {

const Node* env_value(Make make, std::string_view name, std::string_view value);
const Node* env_from_secret(Make make, std::string_view name, std::string_view secret, std::string_view key);

enum class Access { ReadWrite, ReadOnly };
const Node* volume_mount(Make make, std::string_view volume, std::string_view path, Access access, std::string_view sub_path = {});

// {name: …, <kind>: source}: kind is "emptyDir", "secret", "configMap", …
const Node* volume(Make make, std::string_view name, std::string_view kind, const Node* source);
const Node* empty_dir_volume(Make make, std::string_view name);
const Node* secret_volume(Make make, std::string_view name, std::string_view secret);
const Node* config_map_volume(Make make, std::string_view name, std::string_view config_map);

// Limits and requests from texts that are quantities (parse_config checked them), as Go writes them back.
const Node* resources(Make make, const ResourceTexts& texts);

// Null for empty text: the field is then left out.
inline const Node* text_or_absent(Make make, std::string_view text) { return text.empty() ? nullptr : make.text(text); }

}  // namespace isvcc
