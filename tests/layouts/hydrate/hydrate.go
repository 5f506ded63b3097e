// Prints a JSON list of objects as Argo CD's Source Hydrator prints a manifest.yaml: go-yaml v3, an indent of two.
package main

import (
	"encoding/json"
	"os"

	"gopkg.in/yaml.v3"
)

func main() {
	var objects []map[string]any
	if err := json.NewDecoder(os.Stdin).Decode(&objects); err != nil {
		panic(err)
	}
	out := yaml.NewEncoder(os.Stdout)
	out.SetIndent(2)
	for _, object := range objects {
		if err := out.Encode(object); err != nil {
			panic(err)
		}
	}
	if err := out.Close(); err != nil {
		panic(err)
	}
}
