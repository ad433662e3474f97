package main

import (
	"bufio"
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base32"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/golang-jwt/jwt/v5"
	"github.com/nats-io/nats.go"
	"github.com/vmihailenco/msgpack/v5"
)

// Host data: one line on standard input, base64 with or without padding around JSON.

type link struct {
	Actor    string            `json:"actor_id" msgpack:"actor_id"`
	Provider string            `json:"provider_id" msgpack:"provider_id"`
	Name     string            `json:"link_name" msgpack:"link_name"`
	Values   map[string]string `json:"values" msgpack:"values"`
}

type hostData struct {
	HostID         string   `json:"host_id"`
	Lattice        string   `json:"lattice_rpc_prefix"`
	LinkName       string   `json:"link_name"`
	NatsURL        string   `json:"lattice_rpc_url"`
	ProviderKey    string   `json:"provider_key"`
	Links          []link   `json:"link_definitions"`
	ClusterIssuers []string `json:"cluster_issuers"`
}

func readHostData(in io.Reader) (data hostData, err error) {
	line, _ := bufio.NewReader(in).ReadString('\n')
	line = strings.TrimRight(strings.TrimSpace(line), "=")
	if line == "" {
		return data, errors.New("stdin is empty - expecting host data")
	}
	text, err := base64.RawStdEncoding.DecodeString(line)
	if err != nil || json.Unmarshal(text, &data) != nil {
		return data, errors.New("the host data is not base64 of JSON") // without the text, which holds secrets
	}
	if data.ProviderKey == "" || data.Lattice == "" || data.LinkName == "" {
		return data, errors.New("the host data lacks provider_key, lattice_rpc_prefix or link_name")
	}
	if data.NatsURL == "" {
		data.NatsURL = nats.DefaultURL
	}
	return data, nil
}

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
	HostID        string  `msgpack:"host_id"`
	ContentLength uint64  `msgpack:"content_length"`
}

type invocationResponse struct {
	Msg           []byte `msgpack:"msg"`
	InvocationID  string `msgpack:"invocation_id"`
	Error         string `msgpack:"error,omitempty"`
	ContentLength int    `msgpack:"content_length"`
}

func decodeInvocation(data []byte) (call invocation, err error) {
	// the decoder calls itself for each value in another one: no honest envelope begins with many of them
	if len(data)-len(bytes.TrimLeft(data, "\x91\x92\x93\x94\x95\x96\x97\x98\x99\x9a\x9b\x9c\x9d\x9e\x9f")) > 16 {
		return call, errors.New("too many values in each other")
	}
	if err = msgpack.Unmarshal(data, &call); err != nil {
		return call, err
	}
	if call.Origin == nil || call.Target == nil || call.Operation == nil || call.Msg == nil || call.Claims == nil || call.ID == "" {
		return call, errors.New("a field of the invocation is missing")
	}
	return call, nil
}

func encode(value any) ([]byte, error) {
	var body bytes.Buffer
	encoder := msgpack.NewEncoder(&body)
	encoder.UseCompactInts(true)
	err := encoder.Encode(value)
	return body.Bytes(), err
}

// reply encodes and sends an answer, if somebody waits for one.
func reply(message *nats.Msg, answer any) {
	if body, err := encode(answer); err == nil && message.Reply != "" {
		_ = message.Respond(body)
	}
}

// Claims.

type claims struct {
	jwt.RegisteredClaims
	Wascap struct {
		TargetURL string `json:"target_url"`
		OriginURL string `json:"origin_url"`
		Hash      string `json:"hash"`
	} `json:"wascap"`
}

func init() {
	jwt.RegisterSigningMethod("Ed25519", func() jwt.SigningMethod { return jwt.SigningMethodEdDSA }) // its name in the standard
}

func (e entity) url() string {
	if strings.HasPrefix(e.PublicKey, "M") || strings.HasPrefix(e.PublicKey, "m") {
		return "wasmbus://" + e.PublicKey
	}
	path := strings.NewReplacer(":", "/", " ", "_").Replace(e.ContractID) + "/" + strings.ReplaceAll(e.LinkName, " ", "_")
	return "wasmbus://" + strings.ToLower(path) + "/" + e.PublicKey
}

// checkClaims fails unless the token is signed by an issuer, is valid now, and is for this call with this argument.
func checkClaims(call invocation, argument []byte, issuers []string) error {
	var signed claims
	_, err := jwt.ParseWithClaims(*call.Claims, &signed, func(token *jwt.Token) (any, error) {
		key, err := base32.StdEncoding.WithPadding(base32.NoPadding).DecodeString(signed.Issuer)
		if err != nil || len(key) != 35 || !slices.Contains(issuers, signed.Issuer) {
			return nil, errors.New("Issuer of this invocation is not in list of cluster issuers")
		}
		return ed25519.PublicKey(key[1:33]), nil // one byte of type, the key, two bytes of CRC
	}, jwt.WithValidMethods([]string{jwt.SigningMethodEdDSA.Alg()}))
	if err != nil {
		return err
	}
	origin, target := call.Origin.url(), call.Target.url()+"/"+*call.Operation
	hash := sha256.Sum256(append([]byte(origin+target+*call.Operation), argument...))
	switch {
	case signed.Subject == "":
		return errors.New("Invalid JWT. WASCAP requires a sub claim to be present")
	case signed.Wascap.Hash != fmt.Sprintf("%X", hash):
		return errors.New("Invocation hash does not match signed claims hash")
	case signed.Wascap.TargetURL != target || signed.Wascap.OriginURL != origin:
		return errors.New("Invocation claims and invocation URLs do not match")
	case len(call.HostID) != 56:
		return fmt.Errorf("Invalid host ID on invocation: '%s'", call.HostID)
	}
	return nil
}
