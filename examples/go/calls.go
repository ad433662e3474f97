package main

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nuid"
)

const (
	largestInline  = 900 * 1024
	largestPayload = 64 << 20
	chunkSize      = 128 * 1024
)

// Calls: whatever happens, the caller waits for a reply.

func (p *provider) onCall(message *nats.Msg) {
	call, err := decodeInvocation(message.Data)
	if err != nil {
		reply(message, invocationResponse{Msg: []byte{}, Error: "deser error: " + err.Error()})
		return
	}
	select {
	case p.slots <- struct{}{}:
		go func() {
			defer func() { <-p.slots }()
			p.serve(message, call)
		}()
	default:
		reply(message, invocationResponse{Msg: []byte{}, InvocationID: call.ID, Error: "overloaded: too many calls at once"})
	}
}

func (p *provider) serve(message *nats.Msg, call invocation) {
	response := invocationResponse{Msg: []byte{}, InvocationID: call.ID}
	result, err := p.answer(call)
	if err == nil && len(result) > largestInline {
		err = p.putAway(call.ID+"-r", result)
	}
	if err != nil {
		response.Error = err.Error()
	} else if response.ContentLength = len(result); len(result) <= largestInline {
		response.Msg = result
	}
	reply(message, response)
}

func (p *provider) answer(call invocation) (result []byte, err error) {
	defer func() {
		if problem := recover(); problem != nil {
			err = fmt.Errorf("internal error: %v", problem)
		}
	}()
	argument := *call.Msg
	if call.ContentLength > uint64(len(argument)) {
		if argument, err = p.fetch(call.ID, call.ContentLength); err != nil {
			return nil, err
		}
	}
	if err = checkClaims(call, argument, p.ClusterIssuers); err != nil {
		return nil, err
	}
	if call.Target.PublicKey != p.ProviderKey {
		return nil, fmt.Errorf("target key mismatch: %s != %s", call.Target.PublicKey, p.ProviderKey)
	}
	if !p.isLinked(call.Origin.PublicKey) {
		return nil, fmt.Errorf("unlinked actor: '%s'", call.Origin.PublicKey)
	}
	return p.store.invoke(*call.Operation, argument)
}

// Chunked payloads: the bucket has the name of the lattice.

func (p *provider) bucket() (nats.ObjectStore, error) {
	bucket, err := p.stream.ObjectStore(p.Lattice)
	if err != nil {
		return p.stream.CreateObjectStore(&nats.ObjectStoreConfig{Bucket: p.Lattice})
	}
	return bucket, nil
}

func (p *provider) fetch(name string, length uint64) ([]byte, error) {
	if length > largestPayload {
		return nil, fmt.Errorf("a payload of %d bytes is too large", length)
	}
	bucket, err := p.bucket()
	if err != nil {
		return nil, fmt.Errorf("nats: %w", err)
	}
	whole, err := bucket.GetBytes(name)
	if err != nil {
		return nil, fmt.Errorf("nats: cannot fetch the payload of %s: %w", name, err)
	}
	if uint64(len(whole)) != length {
		return nil, fmt.Errorf("the payload has %d bytes and not %d", len(whole), length)
	}
	return whole, bucket.Delete(name)
}

// putAway does what the client's Put does, and names the time in both of the ways that hosts look for.
func (p *provider) putAway(name string, payload []byte) error {
	if _, err := p.bucket(); err != nil {
		return fmt.Errorf("nats: %w", err)
	}
	id, chunks := nuid.Next(), 0
	for chunk := range slices.Chunk(payload, chunkSize) {
		if _, err := p.stream.Publish("$O."+p.Lattice+".C."+id, chunk); err != nil {
			return fmt.Errorf("nats: %w", err)
		}
		chunks++
	}
	now, digest := time.Now().UTC().Format(time.RFC3339), sha256.Sum256(payload)
	message := nats.NewMsg("$O." + p.Lattice + ".M." + base64.URLEncoding.EncodeToString([]byte(name)))
	message.Header.Set("Nats-Rollup", "sub")
	message.Data, _ = json.Marshal(map[string]any{
		"name": name, "description": nil, "link": nil, "bucket": p.Lattice, "nuid": id, "size": len(payload),
		"chunks": chunks, "mtime": now, "modified": now, "deleted": false,
		"digest": "SHA-256=" + base64.URLEncoding.EncodeToString(digest[:]),
	})
	_, err := p.stream.PublishMsg(message)
	return err
}
