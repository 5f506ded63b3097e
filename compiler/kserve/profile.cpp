#include "kserve/profile.h"

#include "base/check.h"

namespace isvcc {

const Schema& Profile::type(std::string_view name) const {
  const Schema* schema = schemas->type(name);
  ISVCC_CHECK(schema, name);
  return *schema;
}

}  // namespace isvcc
