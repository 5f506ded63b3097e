#pragma once
// Output that is no folder: one file, replaced as a whole or left alone, or a stream such as standard output.
#include <optional>

#include "emit/output_tree.h"

namespace isvcc {

struct FileOptions {
  std::string trusted_root = {};  // as in OutputOptions
  bool durable = false;
  bool wait = true;
  StopSignals* stop = nullptr;
  std::optional<std::string_view> edits = {};  // the text that the file must still have; it keeps its mode, too
};

// Missing folders above the file are made; a symbolic link is refused; an equal file is not touched; to a device or a
// pipe the text is written as to a stream. Reports E08xx on failure; then the old file is intact.
OutputResult write_file(const std::string& path, std::string_view text, const FileOptions& options, Diagnostics& diags);

enum class Streaming {
  Done,
  Closed,  // the reader went away (EPIPE): end quietly, with 128 + SIGPIPE
  Failed,  // reported
};

// Writes all of the text to a descriptor that may be slow, small or not blocking. Never raises SIGPIPE.
Streaming write_stream(int fd, std::string_view text, Diagnostics& diags);
// The same for a text in pieces, a megabyte at a time.
Streaming stream_text(int fd, const OutputText& text, Diagnostics& diags);

}  // namespace isvcc
