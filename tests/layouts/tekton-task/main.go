// Reads a Task as Tekton does, and says what its admission webhook would say of it. usage: tekton-task FILE
package main

import (
	"context"
	"fmt"
	"os"

	v1 "github.com/tektoncd/pipeline/pkg/apis/pipeline/v1"
	"sigs.k8s.io/yaml"
)

func main() {
	text, err := os.ReadFile(os.Args[1])
	if err != nil {
		panic(err)
	}
	var task v1.Task
	if err := yaml.UnmarshalStrict(text, &task); err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	ctx := context.Background()
	task.SetDefaults(ctx)
	if err := task.Validate(ctx); err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	
}
