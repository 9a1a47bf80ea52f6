#include "indicators/indicator.hpp"
#include "registry/organisation.hpp"
#include "storage/session.hpp"
