#pragma once
// The places that a finding speaks of, one after the other.
#include "diag/diagnostic.h"

namespace isvcc {

// `visit` takes a Span& and may change it.
template <class Visit>
void each_span(Diagnostic& d, Visit visit) {
  visit(d.span);
  for (Label& label : d.labels) visit(label.span);
  for (FixIt& fix : d.fixes) visit(fix.span);
}

}  // namespace isvcc
