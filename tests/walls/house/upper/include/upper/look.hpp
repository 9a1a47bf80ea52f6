#pragma once

#include "lower/stand.hpp"
#ifdef ATTACK_leaks_an_inside_room_in_a_face
#include "beside/open.hpp"
#endif

namespace upper {
int look();
}
