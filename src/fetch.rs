//! URL and validators to fresh bytes, "not modified" or "gone": every HTTP rule lives here.
//! Never here: parsing, the store, what an outlet is.
