#pragma once
// Runs one recorded case through the compiler, in this process, and compares it with the recording: the project's own form of
// the fidelity contract, facet by facet.
#include <map>
#include <set>
#include <string>

#include "support/txtar.h"

namespace isvcc::test {

// Facet ("objects", "workloads", "stored", "admission", "selection") → what differs; empty text: equal. Facets that were not recorded are left out.
// Facet "valid": an object of some rendering that does not fit its own schema. `codes` gains the ids of all findings.
std::map<std::string, std::string> run_case(const Archive& archive, std::set<std::string>& codes);

}  // namespace isvcc::test
