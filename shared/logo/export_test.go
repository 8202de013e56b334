package logo

// Orientation is orientation, for tests.
var Orientation = orientation
