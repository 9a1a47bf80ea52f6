#include "../registry/organisation.hpp"
