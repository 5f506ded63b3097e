#include "inject/secret.h"

#include "load/base64.h"

namespace isvcc {

View Secret::entry(std::string_view key) const {
  const View plain = object_->view()["stringData"][key];
  return plain ? plain : object_->view()["data"][key];
}

std::optional<std::string> Secret::value(std::string_view key) const {
  const View plain = object_->view()["stringData"][key];
  if (plain) return std::string(plain.text());
  const View encoded = object_->view()["data"][key];
  if (encoded) return decode_base64(encoded.text()).value_or(std::string());
  return std::nullopt;
}

}  // namespace isvcc
