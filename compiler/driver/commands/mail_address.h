#pragma once
// A mail address as Go's net/mail reads it and writes it again: what Argo CD does to the author that a trailer names.
#include <optional>
#include <string>
#include <string_view>

namespace isvcc {

// `Ada <ada@example.com>` → `"Ada" <ada@example.com>`; a name beyond ASCII as MIME's encoded word. Nothing when it is no address, or of a rare form:
// with comments, escapes or quoted mailboxes.
std::optional<std::string> mail_address(std::string_view text);

// Characters that neither a mailbox nor an address of Go's net packages may have.
bool has_control(std::string_view text);

}  // namespace isvcc
