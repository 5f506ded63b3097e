#pragma once
// What the layout argocd-hydrator says about the sources: the commit that is checked out, and how to make the manifests of it.
#include "driver/commands/session.h"
#include "emit/layouts.h"

namespace isvcc {

// Empty where the project is in no Git repository.
HydratorSource hydrator_source(const Session& session);

// An address that may be shown: without a user and a password.
std::string without_credentials(const std::string& url);

}  // namespace isvcc
