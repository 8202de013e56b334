package openapi

import (
	"github.com/danielgtaylor/huma/v2"

	"atrium/shared/access"
	"atrium/shared/text"
)

// limitMaps says of a schema's maps what their types cannot: the grants that a
// section can have, and the limits of metadata.
func limitMaps(s *huma.Schema) {
	for name, property := range s.Properties {
		values, isMap := property.AdditionalProperties.(*huma.Schema)
		switch {
		case !isMap:
		case name == "sections" || name == "ceiling":
			property.AdditionalProperties = grants(values)
		case name == "metadata":
			limited, most, longest := *values, text.MetadataKeys, text.MetadataValue
			limited.MaxLength = &longest
			property.MaxProperties, property.AdditionalProperties = &most, &limited
		}
	}
}

// grants is a schema of one, null too where that takes it back.
func grants(s *huma.Schema) *huma.Schema {
	limited := *s
	if limited.Ref != "" {
		return &limited
	}
	limited.Enum = []any{access.None, access.View, access.Edit}
	if limited.Nullable {
		limited.Enum = append(limited.Enum, nil)
	}
	return &limited
}
