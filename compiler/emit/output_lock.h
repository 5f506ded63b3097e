#pragma once
// One writer at a time: a lock file beside the output folder, or inside it where the folder above cannot be written.
#include "emit/output_place.h"

namespace isvcc {

enum class Locking { Locked, Busy, Stopped, Failed };

class OutputLock {
 public:
  OutputLock() = default;
  OutputLock(OutputLock&&) = default;
  OutputLock& operator=(OutputLock&&) = default;
  ~OutputLock();

  // Waits for the other writer unless told not to; gives up when a stop is requested.
  Locking take(const OutputPlace& place, bool wait, const StopSignals::Hold& hold, IoFailure& failure);
  // True when the lock is inside the output: then nothing can be staged beside it.
  bool inside() const { return inside_; }

 private:
  Fd folder_, file_;
  std::string name_;
  bool inside_ = false;
};

}  // namespace isvcc
