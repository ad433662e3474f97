package main

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base32"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/vmihailenco/msgpack/v5"
)

const (
	largestInline  = 900 * 1024
	largestPayload = 64 << 20
	chunkSize      = 128 * 1024
	deepest        = 16
)

// Envelope: the invocation and its reply.

type entity struct {
	PublicKey  string `msgpack:"public_key"`
	LinkName   string `msgpack:"link_name"`
	ContractID string `msgpack:"contract_id"`
}

type invocation struct {
	Origin        *entity `msgpack:"origin"`
	Target        *entity `msgpack:"target"`
	Operation     *string `msgpack:"operation"`
	Msg           *[]byte `msgpack:"msg"`
	ID            string  `msgpack:"id"`
	Claims        *string `msgpack:"encoded_claims"`
	HostID        *string `msgpack:"host_id"`
	ContentLength *uint64 `msgpack:"content_length"`
}

type reply struct {
	Msg           []byte `msgpack:"msg"`
	InvocationID  string `msgpack:"invocation_id"`
	Error         string `msgpack:"error,omitempty"`
	ContentLength int    `msgpack:"content_length"`
}

func (p *provider) onCall(message *nats.Msg) {
	call, err := decode(message.Data)
	if err != nil {
		p.send(message, reply{Msg: []byte{}, Error: "deser error: " + err.Error()})
		return
	}
	select {
	case p.slots <- struct{}{}:
		go func() {
			defer func() { <-p.slots }()
			p.serve(message, call)
		}()
	default:
		p.send(message, reply{Msg: []byte{}, InvocationID: call.ID, Error: "overloaded: too many calls at once"})
	}
}

func decode(data []byte) (call invocation, err error) {
	if deep(data) {
		return call, errors.New("too many values in each other")
	}
	if err = msgpack.Unmarshal(data, &call); err != nil {
		return call, err
	}
	if call.Origin == nil || call.Target == nil || call.Operation == nil || call.Msg == nil || call.ID == "" ||
		call.Claims == nil || call.HostID == nil {
		return call, errors.New("a field of the invocation is missing")
	}
	return call, nil
}

// deep guards the decoder, which calls itself for each value in another one: no honest envelope begins like that.
func deep(data []byte) bool {
	nested := 0
	for nested < len(data) && data[nested]&0xf0 == 0x90 {
		nested++
	}
	return nested > deepest
}

func (p *provider) serve(message *nats.Msg, call invocation) {
	result, err := p.answer(call)
	if err == nil && len(result) > largestInline {
		if err = p.putAway(call.ID+"-r", result); err == nil {
			p.send(message, reply{Msg: []byte{}, InvocationID: call.ID, ContentLength: len(result)})
			return
		}
	}
	if err != nil {
		p.send(message, reply{Msg: []byte{}, InvocationID: call.ID, Error: err.Error()})
		return
	}
	p.send(message, reply{Msg: result, InvocationID: call.ID, ContentLength: len(result)})
}

func (p *provider) answer(call invocation) (result []byte, err error) {
	defer func() { // whatever happens, the caller waits for a reply
		if problem := recover(); problem != nil {
			err = fmt.Errorf("internal error: %v", problem)
		}
	}()
	argument := *call.Msg
	if call.ContentLength != nil && *call.ContentLength > uint64(len(argument)) {
		if argument, err = p.fetch(call.ID, *call.ContentLength); err != nil {
			return nil, err
		}
	}
	if err = checkClaims(call, argument, p.data.ClusterIssuers); err != nil {
		return nil, err
	}
	if call.Target.PublicKey != p.data.ProviderKey {
		return nil, fmt.Errorf("target key mismatch: %s", call.Target.PublicKey)
	}
	if !p.isLinked(call.Origin.PublicKey) {
		return nil, fmt.Errorf("unlinked actor: '%s'", call.Origin.PublicKey)
	}
	result, err = p.store.invoke(*call.Operation, argument)
	if result == nil {
		result = []byte{}
	}
	return result, err
}

func (p *provider) send(message *nats.Msg, answer reply) {
	var body bytes.Buffer
	encoder := msgpack.NewEncoder(&body)
	encoder.UseCompactInts(true)
	if err := encoder.Encode(answer); err == nil {
		respond(message, body.Bytes())
	}
}

// Claims.

func (e entity) url() string {
	if strings.HasPrefix(e.PublicKey, "M") || strings.HasPrefix(e.PublicKey, "m") {
		return "wasmbus://" + e.PublicKey
	}
	contract := strings.ToLower(strings.NewReplacer(":", "/", " ", "_").Replace(e.ContractID))
	return "wasmbus://" + contract + "/" + strings.ToLower(strings.ReplaceAll(e.LinkName, " ", "_")) + "/" + e.PublicKey
}

func checkClaims(call invocation, argument []byte, issuers []string) error {
	parts := strings.Split(*call.Claims, ".")
	if len(parts) != 3 {
		return fmt.Errorf("JWT error: invalid token format, expected 3 segments, found %d", len(parts))
	}
	var header struct{ Typ, Alg string }
	var claims struct {
		Iss, Sub string
		Exp, Nbf *int64
		Wascap   *struct {
			TargetURL string `json:"target_url"`
			OriginURL string `json:"origin_url"`
			Hash      string
		}
	}
	if segment(parts[0], &header) != nil || segment(parts[1], &claims) != nil {
		return errors.New("JWT error: the token cannot be read")
	}
	signature, err := base64.RawURLEncoding.DecodeString(parts[2])
	key, keyErr := base32.StdEncoding.WithPadding(base32.NoPadding).DecodeString(claims.Iss)
	origin, target := call.Origin.url(), call.Target.url()+"/"+*call.Operation
	hash := sha256.Sum256(append([]byte(origin+target+*call.Operation), argument...))
	now := time.Now().Unix()
	switch {
	case header.Typ != "jwt" || header.Alg != "Ed25519":
		return errors.New("Invalid JWT algorithm. WASCAP only supports Ed25519")
	case claims.Sub == "":
		return errors.New("Invalid JWT. WASCAP requires a sub claim to be present")
	case claims.Exp != nil && *claims.Exp < now:
		return errors.New("Invocation claims token expired")
	case err != nil || keyErr != nil || len(key) != 35 || // one byte of type, the key, two bytes of CRC
		!ed25519.Verify(key[1:33], []byte(parts[0]+"."+parts[1]), signature):
		return errors.New("Invocation claims signature invalid")
	case claims.Nbf != nil && *claims.Nbf > now:
		return errors.New("Attempt to use invocation before claims token allows")
	case claims.Wascap == nil:
		return errors.New("No wascap metadata found on claims")
	case claims.Wascap.Hash != fmt.Sprintf("%X", hash):
		return errors.New("Invocation hash does not match signed claims hash")
	case len(*call.HostID) != 56:
		return fmt.Errorf("Invalid host ID on invocation: '%s'", *call.HostID)
	case claims.Wascap.TargetURL != target:
		return errors.New("Invocation claims and invocation target URL do not match")
	case claims.Wascap.OriginURL != origin:
		return errors.New("Invocation claims and invocation origin URL do not match")
	case !slices.Contains(issuers, claims.Iss):
		return errors.New("Issuer of this invocation is not in list of cluster issuers")
	}
	return nil
}

func segment(text string, into any) error {
	decoded, err := base64.RawURLEncoding.DecodeString(text)
	if err != nil {
		return err
	}
	return json.Unmarshal(decoded, into)
}

// Chunked payloads: the bucket has the name of the lattice.

func (p *provider) bucket() (nats.ObjectStore, error) {
	bucket, err := p.stream.ObjectStore(p.data.Lattice)
	if err != nil {
		return p.stream.CreateObjectStore(&nats.ObjectStoreConfig{Bucket: p.data.Lattice})
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
		return nil, fmt.Errorf("nats: error starting to receive chunked stream for inv %s: %w", name, err)
	}
	_ = bucket.Delete(name)
	if uint64(len(whole)) != length {
		return nil, fmt.Errorf("the payload has %d bytes and not %d", len(whole), length)
	}
	return whole, nil
}

// putAway does what the client's Put does, and names the time in both of the ways that hosts look for.
func (p *provider) putAway(name string, payload []byte) error {
	if _, err := p.bucket(); err != nil {
		return fmt.Errorf("nats: %w", err)
	}
	bucket, nuid := p.data.Lattice, nats.NewInbox()[len("_INBOX."):]
	chunks := 0
	for chunk := range slices.Chunk(payload, chunkSize) {
		if _, err := p.stream.Publish("$O."+bucket+".C."+nuid, chunk); err != nil {
			return fmt.Errorf("nats: %w", err)
		}
		chunks++
	}
	now, digest := time.Now().UTC().Format(time.RFC3339), sha256.Sum256(payload)
	description, err := json.Marshal(map[string]any{
		"name": name, "description": nil, "link": nil, "bucket": bucket, "nuid": nuid, "size": len(payload),
		"chunks": chunks, "mtime": now, "modified": now, "deleted": false,
		"digest": "SHA-256=" + base64.URLEncoding.EncodeToString(digest[:]),
	})
	if err != nil {
		return err
	}
	message := nats.NewMsg("$O." + bucket + ".M." + base64.URLEncoding.EncodeToString([]byte(name)))
	message.Header.Set("Nats-Rollup", "sub")
	message.Data = description
	_, err = p.stream.PublishMsg(message)
	return err
}
